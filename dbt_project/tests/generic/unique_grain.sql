{# No two rows of the model share the grain; nulls count as equal. #}
{% test unique_grain(model, columns) %}
    select {{ columns | join(', ') }}, count(*) as n
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
