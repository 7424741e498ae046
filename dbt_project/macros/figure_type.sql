{# An exact figure. #}
{% macro figure_type() %}decimal(38, 12){% endmacro %}
