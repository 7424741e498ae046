select
    file,
    document,
    quote,
    nth,
    field,
    expected,
    corrected,
    reason,
    {{ adapter.quote('by') }} as corrected_by,
    claim_id,
    problem
from {{ source('lake', 'corrections') }}
