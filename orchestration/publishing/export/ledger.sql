-- One row a target with its result and verdict, both ends with their sentence and where it stands.
with place as (
    select
        d.document_id,
        d.text,
        d.source_url,
        '《' || coalesce(d.title, d.source_path) || '》' || coalesce('，' || cast(d.published_on as varchar), '') as name
    from core.dim_document as d
)

select
    m.region_code,
    m.region_name,
    m.responsible,
    m.theme,
    m.indicator_name,
    m.measure,
    substr(td.text, t.sentence_start + 1, t.sentence_end - t.sentence_start) as target_sentence,
    m.target_comparator,
    m.target_value,
    m.target_value_high,
    m.unit,
    coalesce(m.deadline, m.period) as due,
    coalesce(substr(rd.text, r.sentence_start + 1, r.sentence_end - r.sentence_start), m.result_quote) as result_sentence,
    m.result_value,
    m.verdict,
    m.verdict as why,
    case when m.matched_by = 'review' and m.result_document_id is null then 'doubtful' else m.matched_by end as matched_by,
    td.name || coalesce('，第' || t.page || '页', '') || coalesce('，第' || t.paragraph || '段', '') as target_citation,
    td.source_url as target_url,
    rd.name || coalesce('，第' || r.page || '页', '') || coalesce('，第' || r.paragraph || '段', '') || coalesce('，' || o.sheet || ' ' || o.cell, '') as result_citation,
    rd.source_url as result_url
from marts.commitment as m
left join core.fct_claim as t on m.claim_id = t.claim_id
left join place as td on m.target_document_id = td.document_id
left join core.fct_claim as r on m.result_claim_id = r.claim_id
left join core.fct_observation as o on m.result_observation_id = o.observation_id
left join place as rd on m.result_document_id = rd.document_id
order by m.region_code nulls last, m.region_name nulls last, m.period nulls last, m.theme, td.name, t.char_start, m.claim_id
