select
    claim_id,
    target_group,
    region_code,
    region_name,
    indicator_code,
    indicator_name,
    subject,
    theme,
    topic,
    scope,
    period,
    target_value,
    target_value_high,
    target_comparator,
    unit,
    measure,
    cast(null as {{ dbt.type_string() }}) as responsible,
    cast(null as {{ dbt.type_string() }}) as deadline,
    target_quote,
    target_document_id,
    result_claim_id,
    result_observation_id,
    result_value,
    result_quote,
    result_document_id,
    case
        when result_value is null then null
        when indicator_code is not null then 'indicator'
        else 'subject'
    end as matched_by,
    case when result_value is not null then cast(1 as double) end as match_score,
    verdict,
    rule,
    figure_key
from {{ ref('commitment_version') }}
where known_to is null
