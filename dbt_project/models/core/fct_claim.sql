select
    c.claim_id,
    c.document_id,
    c.char_start,
    c.char_end,
    c.quote,
    c.value,
    c.value_high,
    c.unit,
    c.value_base,
    c.unit_base,
    c.comparator,
    c.measure,
    c.status,
    c.vintage,
    c.price_basis,
    c.period,
    c.period_start,
    c.period_end,
    c.subject,
    s.indicator_code,
    coalesce(i.theme, c.theme) as theme,
    coalesce(i.topic, s.topic, x.topic) as topic,
    n.industry_code,
    d.region_code,
    c.scope,
    c.sentence_start,
    c.sentence_end,
    c.section,
    c.paragraph,
    c.page,
    c.rules,
    c.extractor_version
from {{ ref('stg_claims') }} as c
inner join {{ ref('stg_documents') }} as d on c.document_id = d.document_id
left join {{ source('lake', 'subjects') }} as s
    on c.subject = s.subject and c.unit = s.unit and c.measure = s.measure and c.theme = s.theme
left join {{ ref('indicator') }} as i on s.indicator_code = i.indicator_code
left join {{ source('lake', 'context_topics') }} as x
    on c.document_id = x.document_id and c.char_start = x.char_start and c.char_end = x.char_end and c.theme = x.theme
left join {{ source('lake', 'industries') }} as n on coalesce(i.name_zh, c.subject) = n.name
