select
    f.document_id,
    f.char_start,
    f.char_end,
    f.quote,
    f.date,
    f.what,
    f.theme,
    t.topic,
    d.region_code
from {{ ref('stg_milestones') }} as f
inner join {{ ref('stg_documents') }} as d on f.document_id = d.document_id
left join {{ source('lake', 'topics') }} as t on f.what = t.wording and f.theme = t.theme
