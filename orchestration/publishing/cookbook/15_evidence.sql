-- zh: 这个数字写在哪份文件第几段的哪句话里？
-- en: In which sentence, of which paragraph, of which document does a figure stand?
-- read: for a footnote or a fact check; `dajuan explain CLAIM_ID` shows the rules that read it. Put another indicator_code in to follow it.

select
    r.name as region_name,
    c.period,
    c.status,
    c.quote,
    substr(d.text, c.sentence_start + 1, c.sentence_end - c.sentence_start) as sentence,
    d.title,
    d.published_on,
    c.page,
    c.paragraph,
    d.source_url,
    c.claim_id
from core.fct_claim as c
inner join core.dim_document as d on c.document_id = d.document_id
left join core.dim_region as r on c.region_code = r.region_code and r.valid_to is null
where c.indicator_code = 'gdp'
order by c.region_code, c.period, d.published_on nulls last, d.source_path, c.char_start, r.name
