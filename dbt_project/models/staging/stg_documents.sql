select d.*, t.text
from {{ source('lake', 'documents') }} as d
left join (
    select document_id, max(text) as text
    from {{ source('lake', 'texts') }}
    group by document_id
) as t on d.document_id = t.document_id
