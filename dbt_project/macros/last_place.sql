{# What one unit in the last written place of a figure is worth in the base unit: 0.1亿元 of 812.3亿元. Null where the quote has no Arabic numeral. #}
{% macro last_place(value_base, quote) -%}
    {{ return(adapter.dispatch('last_place')(value_base, quote)) }}
{%- endmacro %}

{% macro duckdb__last_place(value_base, quote) -%}
    abs(cast({{ value_base }} as double))
    / nullif(try_cast(regexp_extract(replace({{ quote }}, ',', ''), '[0-9]+(?:[.][0-9]+)?') as double), 0)
    * power(10, -length(regexp_extract({{ quote }}, '[0-9][.]([0-9]+)', 1)))
{%- endmacro %}
