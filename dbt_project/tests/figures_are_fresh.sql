{{ config(severity='warn') }}
-- A warehouse whose newest document is more than two years old has probably lost its source.
select max(published_on) as newest
from {{ ref('dim_document') }}
having max(published_on) < {{ dbt.dateadd('year', -2, 'current_date') }}
