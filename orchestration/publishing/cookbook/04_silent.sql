-- zh: 哪些承诺在当年的报告里没有下文？
-- en: On which promises does the year's own report stay silent?
-- read: ask the responsible unit; the document is where the promise stands. An indicator may have been renamed: see `select * from marts.link_review`.

select
    c.region_name,
    c.period,
    c.theme,
    c.indicator_name,
    c.target_quote,
    c.responsible,
    d.title as promised_in
from marts.commitment as c
inner join core.dim_document as d on c.target_document_id = d.document_id
where c.verdict = 'unreported'
order by c.period desc, c.region_code, c.theme, c.indicator_name, c.claim_id
