-- zh: 点名的项目各到了哪一步？
-- en: How far is each project that is mentioned by name?
-- read: one row a mention; a project planned in one year and not mentioned again is worth a question.

select
    r.name as region_name,
    p.name as project,
    p.status,
    p.period,
    p.theme,
    d.published_on,
    d.title
from core.fct_project as p
inner join core.dim_document as d on p.document_id = d.document_id
left join core.dim_region as r on p.region_code = r.region_code and r.valid_to is null
order by p.region_code, p.name, d.published_on nulls last, d.source_path, p.char_start, p.char_end, r.name
