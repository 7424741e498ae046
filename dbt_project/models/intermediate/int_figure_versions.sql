-- For each figure, the best statement as it could be known from each day on which something new was said of it.
-- Order: seed statement_rank; then results before estimates, later before earlier, exact before bounded, and a stable tie-break.
-- Only keys are sorted; what a statement says is joined to the versions that are left.
with results as (
    select
        s.figure_key,
        s.statement_id,
        s.document_id,
        s.char_start,
        s.comparator,
        s.status,
        s.known_from,
        r.preference
    from {{ ref('int_statements') }} as s
    inner join {{ ref('statement_rank') }} as r on s.source = r.source
    where s.status in ('actual', 'estimate')
),

days as (
    select distinct figure_key, known_from as as_of from results
),

ranked as (
    select
        d.as_of,
        r.figure_key,
        r.statement_id,
        row_number() over (
            partition by d.figure_key, d.as_of
            order by
                r.preference asc nulls last,
                case r.status when 'actual' then 0 else 1 end asc nulls last,
                r.known_from desc nulls last,
                case r.comparator when 'eq' then 0 else 1 end asc nulls last,
                r.document_id asc nulls last,
                r.char_start asc nulls first,
                r.statement_id asc nulls last
        ) as nth
    from days as d
    inner join results as r on d.figure_key = r.figure_key and r.known_from <= d.as_of
),

best as (
    select
        figure_key,
        statement_id,
        as_of,
        lag(statement_id) over (partition by figure_key order by as_of asc nulls last) as before_id
    from ranked
    where nth = 1
),

versions as (
    select
        statement_id,
        as_of as version_from,
        lead(as_of) over (partition by figure_key order by as_of asc nulls last) as version_to
    from best
    where before_id is null or before_id <> statement_id
)

select
    s.*,
    v.version_from,
    v.version_to
from versions as v
inner join {{ ref('int_statements') }} as s on v.statement_id = s.statement_id
