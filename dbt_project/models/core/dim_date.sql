-- Every day of the years that the documents speak of, 1949 to 2099 at most: what the metrics are laid out on.
with digits as (
    select 0 as d
    {% for n in range(1, 10) %}union all select {{ n }}
    {% endfor %}
),

numbers as (
    select a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as n
    from digits as a
    cross join digits as b
    cross join digits as c
    cross join digits as e
    cross join digits as f
),

span as (
    select
        greatest(min(cast(extract(year from period_start) as integer)), 1949) as first_year,
        least(max(cast(extract(year from period_end) as integer)), 2099) as last_year
    from {{ ref('dim_period') }}
),

days as (
    select
        span.last_year,
        cast({{ dbt.dateadd('day', 'numbers.n', "cast(" ~ dbt.concat(["cast(span.first_year as " ~ dbt.type_string() ~ ")", "'-01-01'"]) ~ " as date)") }} as date) as date_day
    from span
    cross join numbers
    where span.first_year is not null
)

select
    date_day,
    cast(extract(year from date_day) as integer) as year,
    cast(extract(quarter from date_day) as integer) as quarter,
    cast(extract(month from date_day) as integer) as month
from days
where cast(extract(year from date_day) as integer) <= last_year
