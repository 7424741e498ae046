select
    t.statement_id as claim_id,
    t.region_code,
    t.region_name,
    t.period,
    t.subject,
    t.quote as target_quote,
    t.document_id as target_document_id,
    l.statement_id,
    l.statement_kind,
    s.subject as candidate_subject,
    s.value as candidate_value,
    s.unit as candidate_unit,
    coalesce(s.quote, l.quote) as candidate_quote,
    l.result_document_id as candidate_document_id,
    l.match_score,
    l.reason
from {{ source('lake', 'links') }} as l
inner join {{ ref('int_targets') }} as t on l.target_claim_id = t.statement_id
left join {{ ref('int_statements') }} as s on l.statement_id = s.statement_id
where l.matched_by = 'review' and l.review_id is null
