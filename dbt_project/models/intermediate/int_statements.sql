-- Every statement of a figure of a known period, and every target, from prose and from tables, in base units, with what it is worth (seed statement_rank).
with region_now as (
    select region_code, name, row_number() over (partition by region_code order by valid_from desc nulls last) as nth
    from {{ ref('dim_region') }}
),

stated as (
    select
        claim_id as statement_id,
        claim_id,
        cast(null as {{ dbt.type_string() }}) as observation_id,
        document_id,
        char_start,
        char_end,
        sentence_start,
        region_code,
        indicator_code,
        subject,
        theme,
        topic,
        scope,
        unit_base,
        value_base,
        value,
        value_high,
        comparator,
        measure,
        status,
        vintage,
        price_basis,
        period,
        quote
    from {{ ref('fct_claim') }}
    where period is not null or status = 'target'
    union all
    select
        observation_id as statement_id,
        cast(null as {{ dbt.type_string() }}) as claim_id,
        observation_id,
        document_id,
        cast(null as {{ dbt.type_bigint() }}) as char_start,
        cast(null as {{ dbt.type_bigint() }}) as char_end,
        cast(null as {{ dbt.type_bigint() }}) as sentence_start,
        region_code,
        indicator_code,
        subject,
        theme,
        topic,
        cast(null as {{ dbt.type_string() }}) as scope,
        unit_base,
        value_base,
        value,
        cast(null as {{ figure_type() }}) as value_high,
        'eq' as comparator,
        measure,
        status,
        cast(null as {{ dbt.type_string() }}) as vintage,
        cast(null as {{ dbt.type_string() }}) as price_basis,
        period,
        quote
    from {{ ref('fct_observation') }}
),

dated as (
    select
        stated.*,
        {{ figure_key() }} as figure_key
    from stated
)

select
    s.figure_key,
    s.statement_id,
    s.claim_id,
    s.observation_id,
    s.document_id,
    s.char_start,
    s.char_end,
    s.sentence_start,
    s.region_code,
    r.name as region_name,
    s.indicator_code,
    coalesce(i.name_zh, s.subject) as indicator_name,
    coalesce(i.direction, 'none') as direction,
    s.subject,
    s.theme,
    s.topic,
    s.scope,
    s.unit_base as unit,
    s.value_base as value,
    -- The high end of a range in base units: ranges are short, so the low end's ratio carries over exactly enough.
    case
        when s.value_high is null then null
        when s.value = s.value_base then s.value_high
        when s.value = 0 then s.value_high
        else cast(s.value_high * cast(s.value_base as double) / cast(s.value as double) as {{ figure_type() }})
    end as value_high,
    s.comparator,
    s.measure,
    s.status,
    s.vintage,
    s.price_basis,
    s.period,
    p.period_end,
    p.year,
    p.previous_period,
    s.quote,
    {{ last_place('s.value_base', 's.quote') }} as last_place,
    d.title as document_title,
    d.genre,
    d.source_tier,
    d.published_on,
    {{ known_from('d.known_from') }} as known_from,
    case
        when d.source_tier = 'repost' then 'repost'
        when s.status = 'estimate' then 'estimate'
        when s.observation_id is not null and d.source_tier = 'official' then 'official_table'
        when d.genre = 'communique' then 'communique'
        else 'report'
    end as source
from dated as s
inner join {{ ref('dim_document') }} as d on s.document_id = d.document_id
left join {{ ref('dim_period') }} as p on s.period = p.period
left join {{ ref('dim_indicator') }} as i on s.indicator_code = i.indicator_code
left join region_now as r on s.region_code = r.region_code and r.nth = 1
