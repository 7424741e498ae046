{# The declared columns of a lake table, in order: older batches may lack one or hold it elsewhere, so unions name them all. #}
{% macro lake_columns(table, alias) -%}
    {%- if execute -%}
        {%- for node in graph.sources.values() if node.source_name == 'lake' and node.name == table -%}
            {%- for column in node.columns -%}{{ alias }}.{{ column }}{{ ', ' if not loop.last }}{%- endfor -%}
        {%- endfor -%}
    {%- else -%}{{ alias }}.*{%- endif -%}
{%- endmacro %}
