with open_subjects as (
    select
        subject,
        unit_base as unit,
        measure,
        theme,
        document_id,
        quote,
        claim_id,
        row_number() over (partition by subject, unit_base, measure, theme order by claim_id asc nulls last) as nth
    from {{ ref('fct_claim') }}
    where indicator_code is null
)

select
    subject,
    unit,
    measure,
    theme,
    cast(count(*) as bigint) as claims,
    cast(count(distinct document_id) as bigint) as documents,
    max(case when nth = 1 then quote end) as example_quote,
    max(case when nth = 1 then claim_id end) as example_claim_id
from open_subjects
group by subject, unit, measure, theme
