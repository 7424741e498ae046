-- Targets of several years (2021/2025), followed year by year. What is done anew each year is summed (a level of a year whose name or subject
-- has a word of seed accumulating_word), a growth is averaged over the years (geometric mean), of any other figure the last level counts.
with targets as (
    select
        t.*,
        cast(extract(year from p.period_start) as integer) as first_year,
        p.year as last_year
    from {{ ref('int_targets') }} as t
    inner join {{ ref('dim_period') }} as p on t.period = p.period
    where p.grain = 'span' and extract(year from p.period_start) < p.year and t.region_code is not null and t.value_high is null
),

accumulating as (
    select distinct t.statement_id
    from targets as t
    inner join {{ ref('accumulating_word') }} as w on position(w.word in t.subject) > 0 or position(w.word in t.indicator_name) > 0
    where t.measure = 'level'
),

yearly as (
    -- A year's figure may be said of the year or of its last day: one of them, of the year first.
    select *, row_number() over (
        partition by region_code, coalesce(indicator_code, subject), coalesce(scope, ''), unit, measure, year
        order by length(period) asc nulls last, figure_key asc nulls last
    ) as in_year
    from {{ ref('int_figure_versions') }}
    where version_to is null and (length(period) = 4 or period like '____-12-31')
),

followed as (
    select
        t.statement_id as claim_id,
        t.region_code,
        t.region_name,
        t.indicator_code,
        t.indicator_name,
        t.theme,
        t.scope,
        t.unit,
        t.measure,
        t.period,
        t.first_year,
        t.last_year,
        t.value as target_value,
        t.comparator as target_comparator,
        t.quote as target_quote,
        case when a.statement_id is not null then 'sum' when t.measure = 'growth' then 'mean' else 'last' end as method,
        y.year,
        y.value as year_value,
        y.quote as year_quote,
        y.document_id as year_document_id
    from targets as t
    inner join yearly as y
        on y.in_year = 1
        and t.region_code = y.region_code
        and coalesce(t.indicator_code, t.subject) = coalesce(y.indicator_code, y.subject)
        and coalesce(t.scope, '') = coalesce(y.scope, '')
        and t.unit = y.unit
        and t.measure = y.measure
        and y.year between t.first_year and t.last_year
    left join accumulating as a on t.statement_id = a.statement_id
),

run as (
    select
        *,
        sum(year_value) over (partition by claim_id order by year asc nulls last) as summed,
        exp(avg(case when year_value > -100 then ln(1 + cast(year_value as double) / 100) end) over (
            partition by claim_id order by year asc nulls last
        )) as factor,
        count(*) over (partition by claim_id order by year asc nulls last) as years_known
    from followed
),

valued as (
    select
        *,
        case method
            when 'sum' then cast(summed as {{ figure_type() }})
            when 'mean' then cast(round((factor - 1) * 100, 6) as {{ figure_type() }})
            else year_value
        end as progress_value
    from run
)

select
    claim_id,
    region_code,
    region_name,
    indicator_code,
    indicator_name,
    theme,
    scope,
    unit,
    measure,
    period,
    target_value,
    target_comparator,
    target_quote,
    method,
    year,
    year_value,
    year_quote,
    year_document_id,
    progress_value,
    cast(progress_value as double) / nullif(cast(target_value as double), 0) as share_of_target,
    (year - first_year + 1) / cast(last_year - first_year + 1 as double) as share_of_time,
    cast(years_known as bigint) as years_known,
    method = 'last' or years_known = year - first_year + 1 as complete
from valued
