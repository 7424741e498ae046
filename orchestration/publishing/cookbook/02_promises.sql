-- zh: 当初承诺的，后来交出了什么？
-- en: What was promised, and what was handed in?
-- read: both quotes are the characters of the documents; matched_by says how the result was found (subject and outcome deserve a look), match_score how surely.

select
    c.region_name,
    c.period,
    c.indicator_name,
    c.measure,
    c.target_quote,
    c.result_quote,
    c.verdict,
    c.matched_by,
    c.match_score
from marts.commitment as c
where c.result_quote is not null
order by c.region_code, c.period, c.indicator_name, c.measure, c.claim_id
