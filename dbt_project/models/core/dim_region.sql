select
    region_code,
    name,
    short_name,
    level,
    parent_code,
    valid_from,
    valid_to,
    successor_code
from {{ ref('region') }}
