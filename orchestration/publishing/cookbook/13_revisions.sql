-- zh: 哪些数据后来换了来源或改了数？
-- en: Which figures were later taken from another source, or changed?
-- read: shift is the later figure minus the earlier; zero means that a better source confirmed it. Cite a figure with the day on which it was known.

select
    a.region_name,
    a.indicator_name,
    a.period,
    a.measure,
    a.value as first_value,
    a.source as first_source,
    a.known_from,
    b.value as later_value,
    b.source as later_source,
    a.known_to as replaced_on,
    b.value - a.value as shift
from marts.revision as a
inner join marts.revision as b on a.figure_key = b.figure_key and a.known_to = b.known_from
order by abs(b.value - a.value) desc, a.region_code, a.indicator_name, a.period, a.measure, a.figure_key, a.known_from
