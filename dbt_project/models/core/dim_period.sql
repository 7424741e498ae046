with stated as (
    select period from {{ ref('stg_claims') }} where period is not null
    union
    select period from {{ ref('stg_observations') }}
    union
    select period from {{ ref('stg_standings') }} where period is not null
    union
    select period from {{ ref('stg_projects') }} where period is not null
    union
    select period from {{ ref('stg_outcomes') }} where period is not null
),

placed as (
    select
        period,
        {{ period_start('period') }} as period_start,
        {{ period_end('period') }} as period_end
    from stated
)

select
    period,
    period_start,
    period_end,
    case
        when period like '%/%' then 'span'
        when length(period) = 4 then 'year'
        when period like '____-H_' then 'half'
        when period like '____-Q_' then 'quarter'
        when period like '____-__' then 'month'
        else 'day'
    end as grain,
    cast(extract(year from period_end) as integer) as year,
    case
        when period not like '%/%' then
            {{ dbt.concat(["cast(cast(substring(period, 1, 4) as integer) - 1 as " ~ dbt.type_string() ~ ")", "substring(period, 5)"]) }}
    end as previous_period
from placed
