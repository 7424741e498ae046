-- Two sources, one fact, different figures; and wholes that are not the sum of their parts.
-- A figure given as a bound conflicts only where the other lies beyond it. Rounding: the coarser figure is the finer one, rounded at
-- the coarser's last written place (where no place is written, as in 三成, 0.5 %); 左右 leaves 0.2 points of a rate, 2 % of a level.
with results as (
    select * from {{ ref('int_statements') }}
    where status in ('actual', 'estimate') and value_high is null
),

pairs as (
    select
        a.figure_key,
        a.region_code,
        a.region_name,
        a.indicator_code,
        a.indicator_name,
        a.theme,
        a.scope,
        a.unit,
        a.period,
        a.measure,
        a.statement_id as first_statement_id,
        a.document_id as first_document_id,
        a.quote as first_quote,
        a.value as first_value,
        a.comparator as first_comparator,
        a.status as first_status,
        a.price_basis as first_price_basis,
        a.vintage as first_vintage,
        a.last_place as first_place,
        b.statement_id as second_statement_id,
        b.document_id as second_document_id,
        b.quote as second_quote,
        b.value as second_value,
        b.comparator as second_comparator,
        b.status as second_status,
        b.price_basis as second_price_basis,
        b.vintage as second_vintage,
        b.last_place as second_place,
        abs(cast(b.value - a.value as double)) as apart,
        abs(cast(b.value as double) - cast(a.value as double)) / nullif(greatest(abs(cast(a.value as double)), abs(cast(b.value as double))), 0) as relative,
        abs(cast(b.value as double)) / nullif(abs(cast(a.value as double)), 0) as ratio
    from results as a
    inner join results as b
        on a.figure_key = b.figure_key
        and (a.known_from < b.known_from or (a.known_from = b.known_from and a.document_id < b.document_id))
        and a.document_id <> b.document_id
        and a.value <> b.value
    where
        (a.comparator in ('eq', 'approx') or (a.comparator in ('gt', 'ge') and b.value < a.value) or (a.comparator in ('lt', 'le') and b.value > a.value))
        and (b.comparator in ('eq', 'approx') or (b.comparator in ('gt', 'ge') and a.value < b.value) or (b.comparator in ('lt', 'le') and a.value > b.value))
),

measured as (
    select
        *,
        greatest(first_place, second_place) as coarse,
        least(first_place, second_place) as fine
    from pairs
),

doubled as (
    select
        figure_key,
        region_code,
        region_name,
        indicator_code,
        indicator_name,
        theme,
        scope,
        unit,
        period,
        measure,
        first_statement_id,
        first_document_id,
        first_quote,
        first_value,
        second_statement_id,
        second_document_id,
        second_quote,
        second_value,
        second_value - first_value as difference,
        relative as relative_difference,
        case
            when ratio between 9.9 and 10.1 or ratio between 0.099 and 0.101 then 'unit_slip_10'
            when ratio between 9900 and 10100 or ratio between 0.000099 and 0.000101 then 'unit_slip_10000'
            when ratio between 99000000 and 101000000 or ratio between 0.0000000099 and 0.0000000101 then 'unit_slip_100000000'
            when relative < 0.000000001 then 'rounding'
            when coarse > fine * 1.5 and apart <= coarse * 0.500001 then 'rounding'
            when (first_place is null or second_place is null) and relative < 0.005 then 'rounding'
            when 'approx' in (first_comparator, second_comparator) and relative <= 0.02 then 'rounding'
            when 'approx' in (first_comparator, second_comparator) and measure in ('growth', 'share', 'change') and apart <= 0.2 then 'rounding'
            when coalesce(first_price_basis, '') <> coalesce(second_price_basis, '') then 'price_basis'
            when first_status <> second_status or coalesce(first_vintage, 'final') <> coalesce(second_vintage, 'final') then 'estimate_final'
            else 'other'
        end as kind
    from measured
),

-- Nothing is said twice here: the whole is the first statement, the sum of its parts the second, named by its composition.
sums as (
    select
        w.figure_key,
        w.region_code,
        w.region_name,
        w.indicator_code,
        w.indicator_name,
        w.theme,
        w.scope,
        w.unit,
        w.period,
        w.measure,
        w.statement_id as first_statement_id,
        w.document_id as first_document_id,
        w.quote as first_quote,
        w.value as first_value,
        g.composition as second_statement_id,
        g.parts_document_id as second_document_id,
        g.parts_quote as second_quote,
        g.parts_value as second_value,
        g.parts_value - w.value as difference,
        g.apart / nullif(abs(cast(w.value as double)), 0) as relative_difference,
        'sum' as kind
    from {{ ref('int_sums') }} as g
    inner join {{ ref('int_statements') }} as w on g.statement_id = w.statement_id
    where g.apart > g.tolerated * 1.000001
),

found as (
    select * from doubled
    union all
    select * from sums
)

select
    found.*,
    decided.resolution,
    decided.resolution_reason
from found
left join (
    select first_id, second_id, decision as resolution, reason as resolution_reason
    from {{ ref('review') }}
    where kind = 'conflict' and applied
) as decided
    on first_statement_id = decided.first_id and second_statement_id = decided.second_id
