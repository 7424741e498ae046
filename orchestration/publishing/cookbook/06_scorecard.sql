-- zh: 各地区、各年份、各主题的目标完成率是多少？
-- en: What share of its targets did each region meet, by year and theme?
-- read: share_met is met / judged; where few are judged it says little, so read it beside judged and unreported.

select
    r.name as region_name,
    s.year,
    s.theme,
    s.targets,
    s.judged,
    s.met,
    s.partial,
    s.missed,
    s.pending,
    s.unreported,
    s.unclear,
    cast(100 * s.share_met as decimal(5, 1)) as met_percent
from marts.scorecard as s
left join core.dim_region as r on s.region_code = r.region_code and r.valid_to is null
order by s.year desc, s.region_code, s.theme, r.name
