-- Rows of the current normalisation of each table file that was accepted.
select s.*
from {{ source('lake', 'observations') }} as s
inner join {{ source('lake', 'normalisations') }} as n on s.normalisation_key = n.normalisation_key
inner join {{ source('lake', 'documents') }} as d on n.document_id = d.document_id
