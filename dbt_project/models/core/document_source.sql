select
    source_path,
    document_id,
    sha256,
    source_tier,
    first_seen,
    last_seen
from {{ source('lake', 'document_sources') }}
