with reviews as (
    -- The likest statement that is too unsure to count, of targets without a result.
    select target_claim_id, 'review' as review_by, max(match_score) as review_score
    from {{ source('lake', 'links') }}
    where matched_by = 'review' and review_id is null
    group by target_claim_id
)

select
    c.claim_id,
    c.target_group,
    c.region_code,
    c.region_name,
    c.indicator_code,
    c.indicator_name,
    c.subject,
    c.theme,
    c.topic,
    c.scope,
    c.period,
    t.value as target_value,
    t.value_high as target_value_high,
    c.target_comparator,
    t.unit,
    c.measure,
    a.responsible,
    a.deadline,
    c.target_quote,
    c.target_document_id,
    c.result_claim_id,
    c.result_observation_id,
    -- In the target's unit: as written where the units are one, else by the target's own ratio to the base unit.
    case
        when t.unit = coalesce(f.unit, o.unit) then coalesce(f.value, o.value)
        when t.unit_base <> coalesce(f.unit_base, o.unit_base) or t.value = t.value_base or t.value_base = 0 then c.result_value
        else cast(round(cast(c.result_value as double) * cast(t.value as double) / cast(t.value_base as double), 6) as {{ figure_type() }})
    end as result_value,
    c.result_quote,
    c.result_document_id,
    coalesce(c.matched_by, r.review_by) as matched_by,
    coalesce(c.match_score, r.review_score) as match_score,
    c.verdict,
    c.rule,
    c.figure_key
from {{ ref('commitment_version') }} as c
inner join {{ ref('fct_claim') }} as t on c.claim_id = t.claim_id
left join {{ ref('fct_claim') }} as f on c.result_claim_id = f.claim_id
left join {{ ref('fct_observation') }} as o on c.result_observation_id = o.observation_id
left join {{ source('lake', 'duties') }} as a on c.claim_id = a.claim_id
left join reviews as r on c.claim_id = r.target_claim_id and c.result_document_id is null
where c.known_to is null
