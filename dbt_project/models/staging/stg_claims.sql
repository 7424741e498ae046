-- Rows of the current extraction of each current document; older extractions stay in the lake.
select s.*
from {{ source('lake', 'claims') }} as s
inner join {{ source('lake', 'extractions') }} as e on s.extraction_key = e.extraction_key
