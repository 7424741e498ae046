-- Wholes of which all parts are known, with the sum of the parts: indicators of one region, or one indicator of all regions below it
-- (seed composition). Tolerated: half a unit in the last written place of each; of the country's totals, which count what no province does
-- (servicemen, accounts of their own), the composition's share as well. A figure without a written place is in no sum.
with figures as (
    select * from {{ ref('int_figure_versions') }}
    where version_to is null and measure = 'level' and scope is null and comparator = 'eq' and value_high is null and last_place is not null
),

regions as (
    select distinct region_code, level, parent_code, valid_from, valid_to from {{ ref('dim_region') }}
    where parent_code is not null
),

needed as (
    select composition, count(*) as parts_needed from {{ ref('composition') }}
    where over = 'indicators'
    group by composition
),

parts as (
    select c.composition, 0 as tolerance, w.statement_id, n.parts_needed, p.statement_id as part_id, p.document_id, p.quote, p.value, p.last_place
    from {{ ref('composition') }} as c
    inner join needed as n on c.composition = n.composition
    inner join figures as w on c.whole = w.indicator_code
    inner join figures as p
        on c.part = p.indicator_code and w.region_code = p.region_code and w.period = p.period and w.unit = p.unit
    union all
    select
        c.composition,
        case when r.level = 'province' then c.tolerance else 0 end,
        w.statement_id,
        cast(null as {{ dbt.type_bigint() }}),
        p.statement_id,
        p.document_id,
        p.quote,
        p.value,
        p.last_place
    from {{ ref('composition') }} as c
    inner join figures as w on c.whole = w.indicator_code
    inner join regions as r
        on w.region_code = r.parent_code
        and (r.valid_from is null or r.valid_from <= w.period_end) and (r.valid_to is null or w.period_end <= r.valid_to)
    left join figures as p
        on c.part = p.indicator_code and r.region_code = p.region_code and w.period = p.period and w.unit = p.unit
    where c.over = 'regions'
),

added as (
    select
        composition,
        statement_id,
        min(document_id) as parts_document_id,
        {{ dbt.listagg("quote", "'、'", "order by part_id") }} as parts_quote,
        sum(value) as parts_value,
        sum(last_place) / 2 as parts_place,
        max(tolerance) as tolerance,
        count(part_id) as parts_known,
        coalesce(max(parts_needed), count(*)) as parts_needed
    from parts
    group by composition, statement_id
)

select
    a.composition,
    a.statement_id,
    a.parts_document_id,
    a.parts_quote,
    cast(a.parts_value as {{ figure_type() }}) as parts_value,
    abs(cast(a.parts_value - w.value as double)) as apart,
    a.parts_place + w.last_place / 2 + a.tolerance * abs(cast(w.value as double)) as tolerated
from added as a
inner join figures as w on a.statement_id = w.statement_id
where a.parts_known = a.parts_needed and a.parts_known > 1
