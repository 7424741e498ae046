select
    source_path,
    sha256,
    reason_code,
    reason,
    seen_at
from {{ source('lake', 'quarantine') }}
