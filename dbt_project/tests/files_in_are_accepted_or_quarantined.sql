-- Each source file of the latest scan is in exactly one of document_source and quarantine, and nothing else is.
with ended as (
    select source_path from {{ ref('document_source') }}
    union all
    select source_path from {{ ref('quarantine') }}
)

select
    coalesce(f.source_path, e.source_path) as source_path,
    count(e.source_path) as times
from {{ source('lake', 'source_files') }} as f
full outer join ended as e on f.source_path = e.source_path
group by coalesce(f.source_path, e.source_path), f.source_path
having count(e.source_path) <> 1 or f.source_path is null
