-- zh: 报告里自称的第一、首个、首批和入选有哪些？
-- en: Which firsts, ranks and honours does each region claim?
-- read: scope says among whom; these are the region's own words, so check a claim of first place against marts.economy.peer_rank.

select
    r.name as region_name,
    s.period,
    s.type,
    s.scope,
    s.value,
    s.subject,
    s.quote
from core.fct_standing as s
inner join core.dim_document as d on s.document_id = d.document_id
left join core.dim_region as r on s.region_code = r.region_code and r.valid_to is null
order by s.region_code, s.period desc nulls last, s.type, d.source_path, s.char_start, s.char_end, r.name
