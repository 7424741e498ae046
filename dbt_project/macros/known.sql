{# A document that states neither day nor year is known only "some day": after all others. #}
{% macro known_from(column) -%}
    coalesce({{ column }}, cast('9999-01-01' as date))
{%- endmacro %}
