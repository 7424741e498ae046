select
    industry_code,
    gbt_code,
    gbt_name,
    gbt_level,
    section_code,
    section_name,
    coverage
from {{ ref('industry_class') }}
