-- Target claims with the group of levels they belong to: 7%以上、力争8% stand in one sentence and speak of one figure.
-- What the catalogue does not know is wanted high, unless the target is a fall.
select
    s.figure_key,
    s.statement_id,
    s.document_id,
    s.char_start,
    s.region_code,
    s.region_name,
    s.indicator_code,
    s.indicator_name,
    case
        when s.indicator_code is not null then s.direction
        when s.measure in ('growth', 'change') and s.value < 0 then 'lower'
        else 'higher'
    end as direction,
    s.subject,
    s.theme,
    s.topic,
    s.scope,
    s.unit,
    s.value,
    s.value_high,
    s.comparator,
    s.measure,
    case when s.measure in ('growth', 'share', 'change') then 'rate' else 'level' end as kind,
    s.period,
    s.period_end,
    s.year,
    s.quote,
    s.known_from,
    {{ dbt.hash(dbt.concat(["document_id", "'|'", "figure_key", "'|'", "cast(sentence_start as " ~ dbt.type_string() ~ ")"])) }} as target_group
from {{ ref('int_statements') }} as s
where s.status = 'target'
