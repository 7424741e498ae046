-- zh: 各地区哪些年份有报告、有多少数据，缺哪几年？
-- en: For which years is there a report of each region, how much does it state, and which years are missing?
-- read: a year without a row is a gap; targets of the year before stay pending until it is filled. figures counts claims and table cells.

select
    d.report_year,
    d.region_code,
    max(r.name) as region_name,
    count(distinct d.document_id) as documents,
    string_agg(distinct coalesce(d.genre, d.kind), ' ' order by coalesce(d.genre, d.kind)) as genres,
    count(f.document_id) as figures,
    count(f.document_id) filter (where f.status = 'target') as targets
from core.dim_document as d
left join core.dim_region as r on d.region_code = r.region_code and r.valid_to is null
left join (
    select c.document_id, c.status from core.fct_claim as c
    union all
    select o.document_id, o.status from core.fct_observation as o
) as f on d.document_id = f.document_id
group by d.report_year, d.region_code
order by d.region_code nulls last, d.report_year nulls last
