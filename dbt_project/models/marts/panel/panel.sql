-- One row a region and year: of each column the best statement of a whole year or its last day (seed panel_column says which indicator, measure
-- and price basis). A growth of GDP is at constant prices unless the text says otherwise, a level at current ones.
{% set columns = [
    'gdp', 'gdp_constant_prices', 'gdp_growth', 'gdp_growth_current_prices', 'gdp_per_capita', 'primary_industry',
    'secondary_industry', 'tertiary_industry', 'large_industry_growth', 'budget_revenue', 'local_budget_revenue', 'budget_revenue_growth', 'tax_revenue',
    'budget_expenditure', 'fund_revenue', 'fund_expenditure', 'land_sale_revenue', 'debt_balance', 'debt_limit',
    'resident_population', 'registered_population', 'urbanisation_rate', 'investment', 'investment_growth', 'retail_sales',
    'retail_sales_growth', 'foreign_trade', 'foreign_trade_growth', 'exports', 'imports', 'income',
    'income_growth', 'income_urban', 'income_rural', 'consumer_prices', 'urban_jobs_new', 'unemployment_rate_surveyed',
    'grain_output', 'fiscal_self_sufficiency_stated',
] %}

with offered as (
    select
        p.panel_column,
        p.preference as code_preference,
        s.*,
        r.preference
    from {{ ref('int_statements') }} as s
    inner join {{ ref('panel_column') }} as p
        on s.indicator_code = p.indicator_code
        and s.measure = p.measure
        and s.unit = p.unit
        and p.price_basis in ('any', coalesce(s.price_basis, case s.measure when 'growth' then 'constant' else 'current' end))
    inner join {{ ref('statement_rank') }} as r on s.source = r.source
    where
        s.status in ('actual', 'estimate') and s.scope is null and s.value_high is null and s.region_code is not null
        and (length(s.period) = 4 or s.period like '____-12-31')
),

ranked as (
    select
        *,
        row_number() over (
            partition by region_code, year, panel_column
            order by
                code_preference asc nulls last,
                preference asc nulls last,
                case status when 'actual' then 0 else 1 end asc nulls last,
                known_from desc nulls last,
                case comparator when 'eq' then 0 else 1 end asc nulls last,
                document_id asc nulls last,
                char_start asc nulls first,
                statement_id asc nulls last
        ) as nth
    from offered
),

wide as (
    select
        region_code,
        max(region_name) as region_name,
        year,
        {%- for column in columns %}
        max(case when panel_column = '{{ column }}' then value end) as {{ column }},
        {%- endfor %}
        max(case when panel_column = 'gdp' then coalesce(vintage, case status when 'estimate' then 'estimate' else 'unstated' end) end) as gdp_vintage,
        max(case when panel_column = 'gdp' then source end) as gdp_source,
        {{ dbt.concat(panel_names(columns, "comparator <> 'eq'")) }} as inexact,
        {{ dbt.concat(panel_names(columns, "status = 'estimate'")) }} as estimates,
        max(published_on) as newest_source,
        count(*) as figures
    from ranked
    where nth = 1
    group by region_code, year
)

select
    region_code,
    region_name,
    year,
    {%- for column in columns %}
    {{ column }},
    {%- endfor %}
    gdp_vintage,
    gdp_source,
    -- Of a place its own revenue, which 一般公共预算收入 without 地方 may exceed by the centre's part; of the country the whole.
    cast(round(cast(case when region_code = '100000' then budget_revenue else coalesce(local_budget_revenue, budget_revenue) end as double) / nullif(cast(budget_expenditure as double), 0) * 100, 6) as {{ figure_type() }}) as fiscal_self_sufficiency,
    cast(round(cast(debt_balance as double) / nullif(cast(debt_limit as double), 0) * 100, 6) as {{ figure_type() }}) as debt_limit_used,
    nullif(substring(inexact, 2), '') as inexact,
    nullif(substring(estimates, 2), '') as estimates,
    newest_source,
    figures
from wide
