{{ config(severity='warn') }}
-- Where a region's GDP and its three sectors are all known exactly, they differ by no more than rounding.
with parts as (
    select
        region_code,
        period,
        max(case when indicator_code = 'gdp' then value end) as gdp,
        sum(case when indicator_code in ('primary_industry_value_added', 'secondary_industry_value_added', 'tertiary_industry_value_added') then value end) as sectors,
        count(distinct case when indicator_code <> 'gdp' then indicator_code end) as known
    from {{ ref('economy') }}
    where
        measure = 'level' and scope is null and comparator = 'eq'
        and indicator_code in ('gdp', 'primary_industry_value_added', 'secondary_industry_value_added', 'tertiary_industry_value_added')
    group by region_code, period
)

select *
from parts
where known = 3 and gdp is not null and abs(cast(gdp - sectors as double)) > 0.001 * cast(gdp as double)
