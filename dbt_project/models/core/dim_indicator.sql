select
    indicator_code,
    name_zh,
    name_en,
    theme,
    topic,
    unit,
    direction,
    cast(plausible_low as {{ figure_type() }}) as plausible_low,
    cast(plausible_high as {{ figure_type() }}) as plausible_high,
    definition
from {{ ref('indicator') }}
