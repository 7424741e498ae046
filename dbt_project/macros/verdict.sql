{# How far from `value` a result may lie and still be 左右: points of a rate, a share of a level. #}
{% macro tolerance(value) -%}
    case t.kind when 'rate' then v.tolerance_points else cast(abs({{ value }}) * v.tolerance_share as {{ figure_type() }}) end
{%- endmacro %}

{# The verdict on one target by its rule. A result stated as a bound (超, 以上) decides where the truth cannot lie on the other side; or where
   the bound itself falls short by more than `reach`: who did much better would have said so. #}
{% macro own_verdict() -%}
    case
        when side = 'near' and result_comparator in ('eq', 'approx') and result_value between bound and upper_bound then 'met'
        when side = 'near' then 'unclear'
        when side = 'floor' and result_comparator in ('lt', 'le') and result_value >= bound then 'unclear'
        when side = 'floor' and result_comparator in ('gt', 'ge') and result_value < bound and bound - result_value <= abs(bound) * reach then 'unclear'
        when side = 'ceiling' and result_comparator in ('gt', 'ge') and result_value <= bound then 'unclear'
        when side = 'ceiling' and result_comparator in ('lt', 'le') and result_value > bound and result_value - bound <= abs(bound) * reach then 'unclear'
        when side = 'floor' and strict and result_value = bound then case when result_comparator = 'gt' then 'met' else 'unclear' end
        when side = 'ceiling' and strict and result_value = bound then case when result_comparator = 'lt' then 'met' else 'unclear' end
        when side = 'floor' and result_value >= bound then 'met'
        when side = 'ceiling' and result_value <= bound then 'met'
        else 'missed'
    end
{%- endmacro %}
