-- Target claims with the group of levels they belong to: 7%以上、力争8% stand in one sentence and speak of one figure.
select
    s.*,
    {{ dbt.hash(dbt.concat(["document_id", "'|'", "figure_key", "'|'", "cast(sentence_start as " ~ dbt.type_string() ~ ")"])) }} as target_group
from {{ ref('int_statements') }} as s
where s.status = 'target'
