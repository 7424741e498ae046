-- zh: 城市更新做了多少：老旧小区、绿地绿道、停车、道路？
-- en: How much urban renewal was done: old estates, green space, parking, roads?
-- read: one figure a row with its source; a row without a value has only a target so far. Add `and topic = …` for one field.

select
    u.region_name,
    u.period,
    u.topic,
    u.indicator_name,
    u.value,
    u.target_value,
    u.unit,
    u.verdict,
    u.citation
from marts.urban_renewal as u
where u.measure = 'level'
order by u.period desc, u.region_code, u.topic, u.indicator_name, u.indicator_code, u.scope, u.unit
