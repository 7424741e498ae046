{# The scorecard over those rows of commitment_version that `condition` lets through. Levels of one target, and a target repeated within
   a year, count once: the figure's latest target group speaks, by its worst row (all rows of a group share their verdict). #}
{% macro scorecard(relation, condition) %}
    select
        region_code,
        year,
        theme,
        cast(sum(case when verdict = 'met' then 1 else 0 end) as bigint) as met,
        cast(sum(case when verdict = 'partial' then 1 else 0 end) as bigint) as partial,
        cast(sum(case when verdict = 'missed' then 1 else 0 end) as bigint) as missed,
        cast(sum(case when verdict = 'pending' then 1 else 0 end) as bigint) as pending,
        cast(sum(case when verdict = 'unreported' then 1 else 0 end) as bigint) as unreported,
        cast(sum(case when verdict = 'unclear' then 1 else 0 end) as bigint) as unclear,
        cast(count(*) as bigint) as targets,
        cast(sum(case when verdict in ('met', 'partial', 'missed') then 1 else 0 end) as bigint) as judged,
        cast(sum(case when verdict = 'met' then 1 else 0 end) as double)
        / nullif(sum(case when verdict in ('met', 'partial', 'missed') then 1 else 0 end), 0) as share_met
    from (
        select
            region_code,
            year,
            theme,
            verdict,
            row_number() over (
                partition by figure_key
                order by target_known_from desc nulls last, target_document_id asc nulls last, target_char_start asc nulls last, claim_id asc nulls last
            ) as nth
        from {{ relation }}
        where {{ condition }}
    ) as latest
    where nth = 1 and region_code is not null and year is not null
    group by region_code, year, theme
{% endmacro %}

{# `marts.scorecard_as_of(DATE)`: only DuckDB has table macros; elsewhere filter commitment_version by hand. The name is without a
   database, so that the macro still works in a copy of the file. #}
{% macro create_scorecard_as_of() %}
    {{ return(adapter.dispatch('create_scorecard_as_of', 'dajuan')()) }}
{% endmacro %}
{% macro default__create_scorecard_as_of() %}select 1{% endmacro %}
{% macro duckdb__create_scorecard_as_of() %}
    create or replace macro marts.scorecard_as_of(d) as table
    {{ scorecard('marts.commitment_version', 'known_from <= d and (known_to is null or d < known_to)') }}
    order by region_code, year, theme
{% endmacro %}
