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
    coalesce(t.topic_theme, f.theme) as theme,
    coalesce(t.topic, x.topic) as topic,
    n.industry_code,
    d.region_code
from {{ ref('stg_standings') }} as f
inner join {{ ref('stg_documents') }} as d on f.document_id = d.document_id
left join {{ source('lake', 'topics') }} as t on coalesce(f.subject, f.quote) = t.wording and f.theme = t.theme
left join {{ source('lake', 'context_topics') }} as x
    on f.document_id = x.document_id and f.char_start = x.char_start and f.char_end = x.char_end and f.theme = x.theme
left join {{ source('lake', 'industries') }} as n on coalesce(f.subject, f.quote) = n.name
