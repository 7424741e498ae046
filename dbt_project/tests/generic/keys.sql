{# One test a table: no two rows share the grain that the model's meta states (nulls count as equal), no required column is null, and no
   reference dangles. One row a broken rule, with how many rows break it. One test and not a dozen, since dbt's cost is by the node. #}
{% test keys(model, required=[], references=[]) %}
    {%- set grain = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model.identifier -%}
            {%- do grain.extend(node.config.meta.get('grain', [])) -%}
        {%- endfor -%}
        {%- if not grain -%}
            {{ exceptions.raise_compiler_error('state the grain of ' ~ model.identifier ~ ' in its meta') }}
        {%- endif -%}
    {%- endif %}
    select 'two rows share the grain' as fault, '{{ grain | join(', ') }}' as columns, count(*) as n
    from (select 1 as a from {{ model }} group by {{ grain | join(', ') or 1 }} having count(*) > 1) as repeated
    having count(*) > 0
    {% for column in required %}
    union all
    select 'null', '{{ column }}', count(*) from {{ model }} where {{ column }} is null having count(*) > 0
    {% endfor %}
    {% for reference in references %}
    union all
    select 'points to no row of {{ reference.to.identifier }}', '{{ reference.column }}', count(*)
    from {{ model }} as m
    where m.{{ reference.column }} is not null
        and m.{{ reference.column }} not in (select r.{{ reference.field }} from {{ reference.to }} as r where r.{{ reference.field }} is not null)
    having count(*) > 0
    {% endfor %}
{% endtest %}
