-- Targets of several years and how far they had come in each. What they count decides how years are put together:
-- total: what is done in a year adds up; average: it is averaged; compound_growth, average_growth: rates are multiplied; level: the latest counts.
-- What a document says of the years so far (五年累计) goes before what the years give together; later years are added to it.
with spans as (
    select
        c.claim_id,
        substring(d.text, greatest(c.sentence_start, c.char_start - 30) + 1, c.char_start - greatest(c.sentence_start, c.char_start - 30)) as said
    from {{ ref('fct_claim') }} as c
    inner join {{ ref('dim_document') }} as d on c.document_id = d.document_id
    where c.period like '____/____'
),

spoken as (
    select claim_id, said like '%年均%' or said like '%每年%' or said like '%年平均%' as averaged from spans
),

targets as (
    select
        t.*,
        cast(substring(t.period, 1, 4) as integer) as first_year,
        cast(substring(t.period, 6, 4) as integer) as last_year,
        s.averaged,
        case
            when t.measure = 'growth' and s.averaged then 'average_growth'
            when t.measure = 'growth' then 'compound_growth'
            when t.measure <> 'change' and a.statement_id is null then 'level'
            when s.averaged then 'average'
            else 'total'
        end as method,
        t.value >= 0 and (t.comparator in ('lt', 'le') or (t.comparator not in ('gt', 'ge') and (t.direction = 'lower' or t.measure = 'rank'))) as ceiling
    from {{ ref('int_targets') }} as t
    inner join spoken as s on t.statement_id = s.claim_id
    left join (
        select distinct n.statement_id
        from {{ ref('int_targets') }} as n
        inner join {{ ref('accumulating_word') }} as w on n.indicator_name like {{ dbt.concat(["'%'", "w.word", "'%'"]) }}
        where n.measure = 'level'
    ) as a on t.statement_id = a.statement_id
    where t.period like '____/____' and substring(t.period, 1, 4) < substring(t.period, 6, 4)
),

figures as (
    select
        region_code,
        coalesce(indicator_code, subject) as about,
        coalesce(scope, '') as scope,
        unit,
        measure,
        period,
        year,
        value,
        claim_id,
        observation_id
    from {{ ref('int_figure_versions') }}
    where version_to is null and region_code is not null
),

-- What is said of a year goes before what is said of its last day.
yearly as (
    select
        figures.*,
        row_number() over (partition by region_code, about, scope, unit, measure, year order by length(period) asc nulls last) as nth
    from figures
    where length(period) = 4 or period like '____-12-31'
),

stated as (
    select f.*, coalesce(s.averaged, false) as averaged
    from figures as f
    left join spoken as s on f.claim_id = s.claim_id
    where f.period like '____/____'
),

years as (
    select distinct year from {{ ref('dim_date') }}
),

grid as (
    select
        t.*,
        y.year as progress_year,
        v.value as year_value,
        v.claim_id as year_claim_id,
        v.observation_id as year_observation_id,
        c.value as stated_value,
        c.claim_id as stated_claim_id,
        b.value as base_value,
        count(c.value) over (partition by t.statement_id order by y.year asc nulls last) as statements,
        count(v.value) over (partition by t.statement_id order by y.year asc nulls last) as values_known
    from targets as t
    inner join years as y on y.year between t.first_year and t.last_year
    left join yearly as v
        on t.region_code = v.region_code and coalesce(t.indicator_code, t.subject) = v.about and coalesce(t.scope, '') = v.scope
        and t.unit = v.unit and t.measure = v.measure and y.year = v.year and v.nth = 1
    left join yearly as b
        on t.region_code = b.region_code and coalesce(t.indicator_code, t.subject) = b.about and coalesce(t.scope, '') = b.scope
        and t.unit = b.unit and t.measure = b.measure and t.first_year - 1 = b.year and b.nth = 1 and t.method = 'level'
    left join stated as c
        on t.region_code = c.region_code and coalesce(t.indicator_code, t.subject) = c.about and coalesce(t.scope, '') = c.scope
        and t.unit = c.unit and t.measure = c.measure and y.year = c.year and t.averaged = c.averaged and t.method <> 'level'
        and substring(t.period, 1, 4) = substring(c.period, 1, 4)
),

-- The years so far, from the latest statement on: what it says and of how many years, and what came after it.
added as (
    select
        grid.*,
        max(stated_value) over (partition by statement_id, statements) as stated_before,
        coalesce(max(case when stated_value is not null then progress_year - first_year + 1 end) over (partition by statement_id, statements), 0) as stated_years,
        max(year_value) over (partition by statement_id, values_known) as latest_value,
        count(case when stated_value is null then year_value end) over (partition by statement_id, statements order by progress_year asc nulls last) as years_after,
        coalesce(sum(case when stated_value is null then year_value end) over (partition by statement_id, statements order by progress_year asc nulls last), 0) as sum_after,
        coalesce(sum(case when stated_value is null and measure = 'growth' and year_value > -100 then ln(1 + cast(year_value as double) / 100) end)
            over (partition by statement_id, statements order by progress_year asc nulls last), 0) as logs_after
    from grid
),

reached as (
    select
        added.*,
        case when method = 'level' then values_known else stated_years + years_after end as years_known,
        case
            when method = 'level' then latest_value
            when stated_years + years_after = 0 then null
            when stated_years + years_after = stated_years then stated_before
            when method = 'total' then cast(coalesce(stated_before, 0) + sum_after as {{ figure_type() }})
            when method = 'average'
                then cast(round(cast(coalesce(stated_before, 0) * stated_years + sum_after as double) / (stated_years + years_after), 6) as {{ figure_type() }})
            when method = 'average_growth'
                then cast(round(100 * (exp((stated_years * ln(1 + cast(coalesce(stated_before, 0) as double) / 100) + logs_after) / (stated_years + years_after)) - 1), 6) as {{ figure_type() }})
            else cast(round(100 * ((1 + cast(coalesce(stated_before, 0) as double) / 100) * exp(logs_after) - 1), 6) as {{ figure_type() }})
        end as progress_value
    from added
),

shared as (
    select
        reached.*,
        case when method = 'level' and ceiling
            then cast(value as double) / nullif(cast(progress_value as double), 0)
            else cast(progress_value as double) / nullif(cast(value as double), 0)
        end as share_of_target,
        cast(progress_year - first_year + 1 as double) / (last_year - first_year + 1) as share_of_time,
        case when method = 'level' then year_value is not null else years_known = progress_year - first_year + 1 end as complete
    from reached
)

select
    statement_id as claim_id,
    cast(progress_year as integer) as year,
    target_group,
    region_code,
    region_name,
    indicator_code,
    indicator_name,
    theme,
    topic,
    scope,
    period,
    unit,
    measure,
    method,
    value as target_value,
    comparator as target_comparator,
    year_value,
    year_claim_id,
    year_observation_id,
    stated_value,
    stated_claim_id,
    progress_value,
    cast(years_known as bigint) as years_known,
    share_of_target,
    share_of_time,
    case
        when progress_value is null then 'unknown'
        when method = 'total' and ceiling and share_of_target > 1 then 'missed'
        when method = 'total' and not ceiling and share_of_target >= 1 then 'reached'
        when not complete then 'unknown'
        when method = 'level' and share_of_target >= 1 then 'reached'
        when progress_year = last_year and (share_of_target >= 1 or (ceiling and method <> 'level' and share_of_target <= 1)) then 'reached'
        when progress_year = last_year then 'missed'
        when method in ('average', 'average_growth') and ceiling then case when share_of_target <= 1 then 'on_track' else 'behind' end
        when method in ('average', 'average_growth') then case when share_of_target >= 1 then 'on_track' else 'behind' end
        when method = 'level' and base_value is null then 'unknown'
        when method = 'level' and ceiling
            then case when cast(progress_value as double) <= cast(base_value as double) + cast(value - base_value as double) * share_of_time then 'on_track' else 'behind' end
        when method = 'level'
            then case when cast(progress_value as double) >= cast(base_value as double) + cast(value - base_value as double) * share_of_time then 'on_track' else 'behind' end
        when ceiling then case when share_of_target <= share_of_time then 'on_track' else 'behind' end
        when share_of_target >= share_of_time then 'on_track'
        else 'behind'
    end as on_track,
    quote as target_quote,
    document_id as target_document_id
from shared
