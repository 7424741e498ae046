-- For each target, its best result as it could be known from each day on which one was stated.
-- Order: the tier of the link and how sure it is; then seed statement_rank, results before estimates, later before earlier, exact before bounded.
with days as (
    select distinct target_id, known_from as as_of from {{ ref('int_links') }}
),

ranked as (
    select
        d.as_of,
        r.*,
        row_number() over (
            partition by d.target_id, d.as_of
            order by
                r.tier asc nulls last,
                r.match_score desc nulls last,
                r.preference asc nulls last,
                case r.status when 'actual' then 0 else 1 end asc nulls last,
                r.known_from desc nulls last,
                case r.comparator when 'eq' then 0 else 1 end asc nulls last,
                r.document_id asc nulls last,
                r.char_start asc nulls first,
                r.result_id asc nulls last
        ) as nth
    from days as d
    inner join {{ ref('int_links') }} as r on d.target_id = r.target_id and r.known_from <= d.as_of
)

select
    *,
    as_of as version_from,
    lead(as_of) over (partition by target_id order by as_of asc nulls last) as version_to
from ranked
where nth = 1
