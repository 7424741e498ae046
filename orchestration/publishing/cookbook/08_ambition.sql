-- zh: 定下的增长目标，比上一年的实际增速高还是低？
-- en: Is the growth target above or below the growth of the year before?
-- read: ambition is the target minus last year's growth, in points; negative means that a slower year was planned. actual is what the year then brought.

select
    t.region_name,
    t.indicator_name,
    t.period,
    t.target_comparator,
    t.target_value,
    b.value as growth_before,
    t.target_value - b.value as ambition,
    t.value as actual
from marts.economy as t
inner join core.dim_period as p on t.period = p.period
inner join marts.economy as b
    on t.region_code = b.region_code
    and t.indicator_code = b.indicator_code
    and t.measure = b.measure
    and t.unit = b.unit
    and p.previous_period = b.period
    and t.scope is not distinct from b.scope
where t.measure = 'growth' and t.target_value is not null and b.value is not null
order by t.period desc, ambition desc, t.region_code, t.indicator_code, t.unit, t.scope
