-- Claims of the current extraction of each current document, corrections applied; older extractions stay in the lake.
with current_claims as (
    select s.*
    from {{ source('lake', 'claims') }} as s
    inner join {{ source('lake', 'extractions') }} as e on s.extraction_key = e.extraction_key
),

corrected as (
    select * from {{ source('lake', 'corrected_claims') }}
)

select c.*
from current_claims as c
left join corrected as k on c.extraction_key = k.extraction_key and c.claim_id = k.claim_id
where k.claim_id is null
union all
select * from corrected
