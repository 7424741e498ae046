{# What makes two statements speak of one figure: place, indicator (or subject), scope, unit, period, measure. #}
{% macro figure_key() -%}
    {{ dbt.hash(dbt.concat([
        "coalesce(region_code, '')", "'|'", "coalesce(indicator_code, subject)", "'|'", "coalesce(scope, '')", "'|'",
        "coalesce(unit_base, '')", "'|'", "coalesce(period, '')", "'|'", "measure",
    ])) }}
{%- endmacro %}
