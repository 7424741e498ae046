-- Claims of the current extraction of each current document, corrections applied; older extractions stay in the lake.
select {{ lake_columns('claims', 'c') }}
from {{ source('lake', 'claims') }} as c
inner join {{ source('lake', 'extractions') }} as e on c.extraction_key = e.extraction_key
left join {{ source('lake', 'corrected_claims') }} as k on c.extraction_key = k.extraction_key and c.claim_id = k.claim_id
where k.claim_id is null
union all
select {{ lake_columns('claims', 'k') }}
from {{ source('lake', 'corrected_claims') }} as k
