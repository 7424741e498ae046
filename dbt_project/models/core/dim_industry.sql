select
    industry_code,
    name_zh,
    name_en,
    industry_group
from {{ ref('industry') }}
