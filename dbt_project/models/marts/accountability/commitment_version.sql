-- Each target, judged as it could be judged from each day on which something changed: the target's own day, the day the year's
-- report came, the days its result was stated or restated. The current verdict is the row without an end.
with reports as (
    select region_code, report_year, document_id, {{ known_from('known_from') }} as known_from
    from {{ ref('dim_document') }}
    where genre in ('work_report', 'plan_report', 'communique') and kind = 'article'
),

-- The first report on the target's year; those of a part of the year come too early, those given shortly before its end do not.
year_report as (
    select t.statement_id, min(r.known_from) as known_from
    from {{ ref('int_targets') }} as t
    inner join reports as r
        on t.region_code = r.region_code
        and t.year = r.report_year
        and t.document_id <> r.document_id
        and t.known_from < r.known_from
        and {{ dbt.dateadd('month', -2, 't.period_end') }} <= r.known_from
    group by t.statement_id
),

results as (
    -- An end for every version: an outer join on a disjunction cannot be hashed.
    select v.*, coalesce(v.version_to, cast('9999-12-31' as date)) as version_end
    from {{ ref('int_targets') }} as t
    inner join {{ ref('int_result_versions') }} as v on t.statement_id = v.target_id
),

days as (
    select statement_id as target_id, known_from as as_of from {{ ref('int_targets') }}
    union
    select statement_id as target_id, known_from as as_of from year_report
    union
    select target_id, version_from as as_of from results
),

judged as (
    -- What decides, and nothing else: this is sorted thrice.
    select
        d.as_of,
        t.statement_id as claim_id,
        t.target_group,
        t.region_code,
        t.year,
        r.version_from as result_version,
        r.result_id,
        r.value as result_value,
        r.comparator as result_comparator,
        r.outcome,
        v.rule,
        v.side,
        v.strict,
        v.reach,
        y.known_from is not null and y.known_from <= d.as_of as reported,
        -- The bound that decides: of a range the low end of a floor, the high end of a ceiling; 左右 tolerates 0.2 points or 2 % of a level.
        case v.side when 'ceiling' then coalesce(t.value_high, t.value) else t.value end
        + case v.side when 'ceiling' then 1 else -1 end * {{ tolerance('t.value') }} as bound,
        coalesce(t.value_high, t.value) + {{ tolerance('coalesce(t.value_high, t.value)') }} as upper_bound
    from days as d
    inner join {{ ref('int_targets') }} as t on d.target_id = t.statement_id
    inner join {{ ref('verdict_rule') }} as v
        on case when t.value_high is not null then 'range' else t.comparator end = v.comparator
        and t.direction = v.direction
        and v.kind in ('any', t.kind)
    left join results as r
        on d.target_id = r.target_id and r.version_from <= d.as_of and d.as_of < r.version_end
    left join year_report as y on d.target_id = y.statement_id
),

decided as (
    select
        judged.*,
        case
            when result_id is null and (region_code is null or year is null) then 'unclear'
            when result_id is null and reported then 'unreported'
            when result_id is null then 'pending'
            when outcome in ('exceeded', 'met') then 'met'
            when outcome = 'missed' then 'missed'
            when outcome is not null then 'unclear'
            else {{ own_verdict() }}
        end as own_verdict
    from judged
),

grouped as (
    -- Levels of one target share a verdict: partial where the floor is met and the stretch is not.
    select
        *,
        sum(case when own_verdict = 'met' then 1 else 0 end) over (partition by target_group, as_of) as levels_met,
        sum(case when own_verdict = 'missed' then 1 else 0 end) over (partition by target_group, as_of) as levels_missed
    from decided
),

named as (
    select
        *,
        case when levels_met > 0 and levels_missed > 0 and own_verdict in ('met', 'missed') then 'partial' else own_verdict end as verdict
    from grouped
),

compared as (
    select
        *,
        lag({{ dbt.concat(["verdict", "coalesce(result_id, '')"]) }}) over (
            partition by claim_id order by as_of asc nulls last
        ) as before_state,
        {{ dbt.concat(["verdict", "coalesce(result_id, '')"]) }} as state
    from named
),

changed as (
    select
        claim_id,
        as_of,
        result_version,
        verdict,
        rule,
        lead(as_of) over (partition by claim_id order by as_of asc nulls last) as known_to
    from compared
    where before_state is null or before_state <> state
)

select
    c.claim_id,
    t.target_group,
    t.figure_key,
    t.region_code,
    t.region_name,
    t.indicator_code,
    t.indicator_name,
    t.subject,
    t.theme,
    t.topic,
    t.scope,
    t.period,
    t.year,
    t.value as target_value,
    t.value_high as target_value_high,
    t.comparator as target_comparator,
    t.unit,
    t.measure,
    t.quote as target_quote,
    t.document_id as target_document_id,
    t.char_start as target_char_start,
    t.known_from as target_known_from,
    r.claim_id as result_claim_id,
    r.observation_id as result_observation_id,
    r.value as result_value,
    r.quote as result_quote,
    r.document_id as result_document_id,
    r.matched_by,
    r.match_score,
    c.verdict,
    case
        when r.result_id is null and c.verdict = 'unclear' then 'no_year_or_region'
        when r.result_id is null then c.verdict
        when r.outcome is not null then {{ dbt.concat(["'outcome_'", "r.outcome"]) }}
        else c.rule
    end as rule,
    c.as_of as known_from,
    c.known_to
from changed as c
inner join {{ ref('int_targets') }} as t on c.claim_id = t.statement_id
left join results as r on c.claim_id = r.target_id and c.result_version = r.version_from
