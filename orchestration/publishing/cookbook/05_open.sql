-- zh: 今年还有哪些目标要盯？
-- en: Which targets are still to be answered for?
-- read: a worklist for those who follow up; the year's report is not in yet. The citation leads to the paragraph.

select
    c.region_name,
    c.period,
    c.theme,
    c.indicator_name,
    c.target_quote,
    c.deadline,
    c.responsible,
    d.title,
    t.page,
    t.paragraph
from marts.commitment as c
inner join core.fct_claim as t on c.claim_id = t.claim_id
inner join core.dim_document as d on c.target_document_id = d.document_id
where c.verdict = 'pending'
order by c.region_code, c.period, c.theme, t.char_start, c.claim_id
