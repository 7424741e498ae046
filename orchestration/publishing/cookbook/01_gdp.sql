-- zh: 各地区的经济总量、增速和在同级中的位次是多少？
-- en: How large is each region's economy, how fast did it grow, and where does it rank among its peers?
-- read: gdp_100m is in 亿元; a bound (gt, approx) says that the report gave no exact figure; rank counts only the peers that state one.

select
    l.period,
    l.region_name,
    cast(l.value / 100000000 as decimal(18, 2)) as gdp_100m,
    l.comparator,
    l.status,
    g.value as growth_percent,
    l.peer_rank,
    l.peer_count
from marts.economy as l
left join marts.economy as g
    on l.region_code = g.region_code and l.period = g.period and g.indicator_code = 'gdp' and g.measure = 'growth' and g.scope is null
where l.indicator_code = 'gdp' and l.measure = 'level' and l.scope is null and l.unit = '元' and l.value is not null
order by l.period desc, l.value desc, l.region_code
