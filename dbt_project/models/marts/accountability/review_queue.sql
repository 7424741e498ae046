-- What a person should look at, by how many figures a decision would mend: a doubtful link that would judge an open target before one that
-- would only be a second answer, the likelier first; an uncatalogued subject by its claims; a conflict by how far its sides are apart.
with open_links as (
    select
        'link' as kind,
        l.match_score + case when c.result_document_id is null then 1 else 0 end as weight,
        l.region_code,
        l.region_name,
        l.period,
        l.subject,
        l.target_quote as said,
        coalesce(l.candidate_subject, '') as other_subject,
        l.candidate_quote as other_said,
        l.reason as why,
        l.claim_id as first_key,
        l.statement_id as second_key,
        cast(null as {{ dbt.type_string() }}) as third_key
    from {{ ref('link_review') }} as l
    inner join {{ ref('commitment') }} as c on l.claim_id = c.claim_id
),

open_subjects as (
    select
        'subject' as kind,
        cast(sum(u.claims) as double) as weight,
        cast(null as {{ dbt.type_string() }}) as region_code,
        cast(null as {{ dbt.type_string() }}) as region_name,
        cast(null as {{ dbt.type_string() }}) as period,
        u.subject,
        min(u.example_quote) as said,
        cast(null as {{ dbt.type_string() }}) as other_subject,
        cast(null as {{ dbt.type_string() }}) as other_said,
        'no indicator has this name' as why,
        u.subject as first_key,
        u.unit as second_key,
        u.measure as third_key
    from {{ ref('uncatalogued') }} as u
    left join {{ ref('review') }} as d
        on d.kind = 'subject' and d.applied and u.subject = d.subject and u.unit = d.unit and u.measure = d.measure
    where d.event_id is null
    group by u.subject, u.unit, u.measure
),

open_conflicts as (
    select
        'conflict' as kind,
        relative_difference + case when kind in ('rounding', 'estimate_final') then 0 else 1 end as weight,
        region_code,
        region_name,
        period,
        indicator_name as subject,
        first_quote as said,
        indicator_name as other_subject,
        second_quote as other_said,
        kind as why,
        first_statement_id as first_key,
        second_statement_id as second_key,
        cast(null as {{ dbt.type_string() }}) as third_key
    from {{ ref('conflict') }}
    where resolution is null
),

queued as (
    select * from open_links
    union all
    select * from open_subjects
    union all
    select * from open_conflicts
)

select
    {{ dbt.concat(["kind", "'-'", "substring(" ~ dbt.hash(dbt.concat(["kind", "'|'", "first_key", "'|'", "coalesce(second_key, '')", "'|'", "coalesce(third_key, '')"])) ~ ", 1, 12)"]) }} as review_id,
    kind,
    weight,
    region_code,
    region_name,
    period,
    subject,
    said,
    other_subject,
    other_said,
    why,
    first_key,
    second_key,
    third_key
from queued
