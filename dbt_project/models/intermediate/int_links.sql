-- Links that count, with what the result states. `tier`: what a person accepted, one figure, then what is alike, then words that decide, then words that do not.
select
    l.target_claim_id as target_id,
    l.statement_id as result_id,
    case
        when l.review_id is not null then 0
        when l.outcome is null and l.reason = 'same figure' then 1
        when l.outcome is null then 2
        when l.outcome in ('exceeded', 'met', 'missed') then 3
        else 4
    end as tier,
    l.matched_by,
    l.match_score,
    l.outcome,
    s.claim_id,
    s.observation_id,
    s.value,
    s.comparator,
    s.status,
    coalesce(s.quote, l.quote) as quote,
    l.result_document_id as document_id,
    s.char_start,
    r.preference,
    {{ known_from('d.known_from') }} as known_from
from {{ source('lake', 'links') }} as l
inner join {{ ref('dim_document') }} as d on l.result_document_id = d.document_id
left join {{ ref('int_statements') }} as s on l.statement_id = s.statement_id
left join {{ ref('statement_rank') }} as r on s.source = r.source
where (l.matched_by <> 'review' or l.review_id is not null) and (l.statement_kind = 'outcome' or s.statement_id is not null)
