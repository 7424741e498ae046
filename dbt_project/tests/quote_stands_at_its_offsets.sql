-- Every claim's quote is what stands in the stored text at its offsets.
select c.claim_id
from {{ ref('fct_claim') }} as c
inner join {{ ref('dim_document') }} as d on c.document_id = d.document_id
where substring(d.text, cast(c.char_start + 1 as integer), cast(c.char_end - c.char_start as integer)) <> c.quote
