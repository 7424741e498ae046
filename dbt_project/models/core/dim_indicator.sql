select
    i.indicator_code,
    i.name_zh,
    i.name_en,
    i.theme,
    i.topic,
    n.industry_code,
    i.unit,
    i.direction,
    cast(i.plausible_low as {{ figure_type() }}) as plausible_low,
    cast(i.plausible_high as {{ figure_type() }}) as plausible_high,
    i.definition
from {{ ref('indicator') }} as i
left join {{ source('lake', 'industries') }} as n on i.name_zh = n.name
