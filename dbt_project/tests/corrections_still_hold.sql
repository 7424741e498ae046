-- A correction whose expectation no longer holds is stale: the source or the extractor has changed. Mend or remove it.
select file, document, quote, field, problem
from {{ ref('correction') }}
where problem is not null
