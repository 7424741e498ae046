-- zh: 哪些目标没有完成，差多少？
-- en: Which targets were missed, and by how much?
-- read: short is result minus target in the unit; short_percent is its share of the target. Of a growth target both are points, so compare short.

select
    c.region_name,
    c.period,
    c.indicator_name,
    c.measure,
    c.target_comparator,
    c.target_value,
    c.result_value,
    c.unit,
    c.result_value - c.target_value as short,
    cast(100 * (c.result_value - c.target_value) / nullif(abs(c.target_value), 0) as decimal(18, 1)) as short_percent,
    c.rule
from marts.commitment as c
where c.verdict in ('missed', 'partial') and c.result_value is not null
order by c.period desc, c.region_code, short_percent nulls last, c.claim_id
