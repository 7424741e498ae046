{# An expression a column of marts.panel: a comma and its name where its figure keeps `condition`, else nothing. #}
{% macro panel_names(columns, condition) -%}
    {%- set found = [] -%}
    {%- for column in columns -%}
        {%- do found.append("max(case when panel_column = '" ~ column ~ "' and " ~ condition ~ " then '," ~ column ~ "' else '' end)") -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
