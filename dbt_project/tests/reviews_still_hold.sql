{{ config(severity='warn') }}
-- A decision on something that is not here any more: it changes nothing until it is. Decide anew, or leave it.
select event_id, kind, decision, file, problem
from {{ ref('review') }}
where problem is not null
