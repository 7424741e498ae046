{{ config(severity='warn') }}
-- Two sources that differ by more than rounding, or by a unit, and nobody has decided on: listed in marts.conflict, worth a look.
select *
from {{ ref('conflict') }}
where kind not in ('rounding', 'estimate_final') and resolution is null
