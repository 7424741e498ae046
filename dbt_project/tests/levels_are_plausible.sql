{{ config(severity='warn') }}
-- Levels outside the range that the catalogue calls plausible: likely a unit slip in the source or a misreading.
select
    c.claim_id,
    c.indicator_code,
    c.value_base,
    c.quote
from {{ ref('fct_claim') }} as c
inner join {{ ref('dim_indicator') }} as i on c.indicator_code = i.indicator_code and c.unit_base = i.unit
where c.measure in ('level', 'share') and (c.value_base < i.plausible_low or c.value_base > i.plausible_high)
