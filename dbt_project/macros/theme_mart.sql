{# One theme's mart: the best figure known beside its target, its value a year before, and its rank among sibling regions. #}
{% macro theme_mart(theme) %}
with figures as (
    select * from {{ ref('int_figure_versions') }}
    where version_to is null and theme = '{{ theme }}'
),

targets as (
    select * from (
        select
            c.*,
            row_number() over (partition by c.figure_key order by c.target_known_from desc nulls last, c.target_document_id asc nulls last, c.target_char_start asc nulls last, c.claim_id asc nulls last) as nth
        from {{ ref('commitment_version') }} as c
        where c.known_to is null and c.period is not null and c.theme = '{{ theme }}'
    ) as ranked
    where nth = 1
),

regions as (
    select region_code, level, parent_code from (
        select region_code, level, parent_code, row_number() over (partition by region_code order by valid_from desc nulls last) as nth
        from {{ ref('dim_region') }}
    ) as ranked
    where nth = 1
),

beside as (
    select
        coalesce(f.figure_key, t.figure_key) as figure_key,
        coalesce(f.region_code, t.region_code) as region_code,
        coalesce(f.region_name, t.region_name) as region_name,
        coalesce(f.indicator_code, t.indicator_code) as indicator_code,
        coalesce(f.indicator_name, t.indicator_name) as indicator_name,
        coalesce(f.topic, t.topic) as topic,
        coalesce(f.scope, t.scope) as scope,
        coalesce(f.unit, t.unit) as unit,
        coalesce(f.period, t.period) as period,
        coalesce(f.measure, t.measure) as measure,
        coalesce(f.direction, 'none') as direction,
        f.value,
        f.comparator,
        f.status,
        f.previous_period,
        t.target_value,
        t.target_comparator,
        t.verdict,
        f.claim_id,
        f.observation_id,
        coalesce(f.quote, t.target_quote) as quote,
        coalesce(f.document_id, t.target_document_id) as document_id,
        coalesce(f.char_start, case when f.figure_key is null then t.target_char_start end) as char_start
    from figures as f
    full outer join targets as t on f.figure_key = t.figure_key
),

peers as (
    select
        b.figure_key,
        rank() over (
            partition by r.parent_code, r.level, b.indicator_code, b.unit, b.period, b.measure
            order by case when b.direction = 'lower' then b.value else -b.value end asc nulls last
        ) as peer_rank,
        count(*) over (partition by r.parent_code, r.level, b.indicator_code, b.unit, b.period, b.measure) as peer_count
    from beside as b
    inner join regions as r on b.region_code = r.region_code
    where b.value is not null and b.indicator_code is not null and b.scope is null and r.parent_code is not null and b.measure <> 'rank'
)

select
    b.region_code,
    b.region_name,
    b.indicator_code,
    b.indicator_name,
    b.topic,
    n.industry_code,
    b.scope,
    b.unit,
    b.period,
    b.measure,
    b.value,
    b.comparator,
    b.status,
    p.value as previous_value,
    b.value - p.value as change,
    b.target_value,
    b.target_comparator,
    b.verdict,
    cast(k.peer_rank as bigint) as peer_rank,
    cast(k.peer_count as bigint) as peer_count,
    b.claim_id,
    b.observation_id,
    b.quote,
    {{ dbt.concat([
        "coalesce(b.region_name, '')", "'《'", "coalesce(d.title, d.source_path)", "'》'",
        "coalesce(" ~ dbt.concat(["'，'", "cast(d.published_on as " ~ dbt.type_string() ~ ")"]) ~ ", '')",
        "coalesce(" ~ dbt.concat(["'，第'", "cast(b.char_start + 1 as " ~ dbt.type_string() ~ ")", "'字起'"]) ~ ", '')",
        "'：“'", "b.quote", "'”'", "case when c.claim_id is not null then '（已更正）' else '' end",
    ]) }} as citation,
    d.title as document_title,
    d.published_on
from beside as b
left join {{ ref('dim_document') }} as d on b.document_id = d.document_id
left join figures as p
    on b.previous_period = p.period
    and b.region_code = p.region_code
    and coalesce(b.indicator_code, b.indicator_name) = coalesce(p.indicator_code, p.indicator_name)
    and coalesce(b.scope, '') = coalesce(p.scope, '')
    and b.unit = p.unit
    and b.measure = p.measure
left join {{ source('lake', 'industries') }} as n on b.indicator_name = n.name
left join peers as k on b.figure_key = k.figure_key
left join (select distinct claim_id from {{ ref('correction') }} where problem is null) as c on b.claim_id = c.claim_id
{% endmacro %}
