select
    f.document_id,
    f.char_start,
    f.char_end,
    f.quote,
    f.type,
    f.value,
    f.scope,
    f.subject,
    f.period,
    f.theme,
    t.topic,
    d.region_code
from {{ ref('stg_standings') }} as f
inner join {{ ref('stg_documents') }} as d on f.document_id = d.document_id
left join {{ source('lake', 'topics') }} as t on coalesce(f.subject, f.quote) = t.wording and f.theme = t.theme
