-- zh: 一年前能看到的成绩单，和今天的有何不同？
-- en: How does the scorecard of today differ from the one that could be known a year before the latest document?
-- read: what was pending then is met, missed or silent now; a verdict that turned came from a revised figure (marts.commitment_version says when).

with latest as (
    select max(d.known_from) - interval 1 year as then_day
    from core.dim_document as d
),

then_known as (
    select s.*
    from marts.scorecard_as_of((select cast(l.then_day as date) from latest as l)) as s
)

select
    n.region_code,
    n.year,
    n.theme,
    coalesce(t.targets, 0) as targets_then,
    n.targets as targets_now,
    coalesce(t.pending, 0) as pending_then,
    n.pending as pending_now,
    coalesce(t.met, 0) as met_then,
    n.met as met_now
from marts.scorecard as n
left join then_known as t on n.region_code = t.region_code and n.year = t.year and n.theme = t.theme
order by n.year desc, n.region_code, n.theme
