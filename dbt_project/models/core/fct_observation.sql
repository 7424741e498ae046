select
    o.observation_id,
    o.document_id,
    o.sheet,
    o.cell,
    o.quote,
    o.region_code,
    s.indicator_code,
    o.subject,
    o.period,
    o.measure,
    o.status,
    o.value,
    o.unit,
    o.value_base,
    o.unit_base,
    coalesce(i.theme, s.theme) as theme,
    coalesce(i.topic, s.topic) as topic,
    n.industry_code
from {{ ref('stg_observations') }} as o
left join (
    -- A table's indicator has no theme of its own: any row of the subject carries the catalogue's answer.
    select subject, unit, measure, max(indicator_code) as indicator_code, min(theme) as theme, min(topic) as topic
    from {{ source('lake', 'subjects') }}
    group by subject, unit, measure
) as s on o.subject = s.subject and o.unit = s.unit and o.measure = s.measure
left join {{ ref('indicator') }} as i on s.indicator_code = i.indicator_code
left join {{ source('lake', 'industries') }} as n on coalesce(i.name_zh, o.subject) = n.name
