{# ISO periods in SQL: `2023`, `2023-H1`, `2023-Q3`, `2023-04`, `2023-12-31` and spans `2023-01/2023-05`, `2021/2025`. #}

{% macro simple_period_start(period) -%}
    case
        when length({{ period }}) = 4 then cast({{ dbt.concat([period, "'-01-01'"]) }} as date)
        when {{ period }} like '____-H_' then
            cast({{ dbt.concat(["substring(" ~ period ~ ", 1, 5)", "case substring(" ~ period ~ ", 7, 1) when '1' then '01' else '07' end", "'-01'"]) }} as date)
        when {{ period }} like '____-Q_' then
            cast({{ dbt.concat(["substring(" ~ period ~ ", 1, 5)", "case substring(" ~ period ~ ", 7, 1) when '1' then '01' when '2' then '04' when '3' then '07' else '10' end", "'-01'"]) }} as date)
        when {{ period }} like '____-__' then cast({{ dbt.concat([period, "'-01'"]) }} as date)
        when {{ period }} like '____-__-__' then cast({{ period }} as date)
    end
{%- endmacro %}

{% macro simple_period_next(period) -%}
    {%- set start = simple_period_start(period) -%}
    case
        when length({{ period }}) = 4 then {{ dbt.dateadd('month', 12, start) }}
        when {{ period }} like '____-H_' then {{ dbt.dateadd('month', 6, start) }}
        when {{ period }} like '____-Q_' then {{ dbt.dateadd('month', 3, start) }}
        when {{ period }} like '____-__' then {{ dbt.dateadd('month', 1, start) }}
        when {{ period }} like '____-__-__' then {{ dbt.dateadd('day', 1, start) }}
    end
{%- endmacro %}

{# First day of a period. #}
{% macro period_start(period) -%}
    cast({{ simple_period_start("split_part(" ~ period ~ ", '/', 1)") }} as date)
{%- endmacro %}

{# Last day of a period; of a span, that of its second half. #}
{% macro period_end(period) -%}
    {%- set last_part = "case when " ~ period ~ " like '%/%' then split_part(" ~ period ~ ", '/', 2) else " ~ period ~ " end" -%}
    cast({{ dbt.dateadd('day', -1, simple_period_next("(" ~ last_part ~ ")")) }} as date)
{%- endmacro %}
