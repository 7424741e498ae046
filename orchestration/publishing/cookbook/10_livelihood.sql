-- zh: 就业、收入、托育、养老、教育、医疗，老百姓得到了什么？
-- en: Jobs, incomes, child care, elderly care, schools, health: what reached the people?
-- read: compare like with like: unit and measure differ (人, 人次, % growth); change is against the same period a year before, where it is known.

select
    l.region_name,
    l.period,
    l.topic,
    l.indicator_name,
    l.measure,
    l.value,
    l.unit,
    l.change,
    l.peer_rank,
    l.peer_count,
    l.quote
from marts.livelihood as l
where l.value is not null
order by l.period desc, l.region_code, l.topic, l.indicator_name, l.indicator_code, l.measure, l.scope, l.unit
