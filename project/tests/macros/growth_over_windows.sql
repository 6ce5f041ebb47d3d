-- Growth compares the newest week with the newest one before this Monday less N days; weeks are given relative to this Monday.
{%- set monday = 'toMonday(' ~ stir_now() ~ ')' %}
with cases as (
    -- name, days before this Monday -> followers, expected growth over 7 days
    select 'grown by half' as name, [(0, 150), (7, 140), (8, 100), (30, 1)] as weeks, toNullable(50.) as expected
    union all select 'not known then', [(0, 150), (7, 100)], null
    union all select 'shrunk', [(0, 50), (14, 100)], -50.
    union all select 'from nothing', [(0, 50), (14, 0)], inf
    union all select 'not measured since', [(21, 70), (28, 10)], 0.
),

weeks as (
    select name, expected, {{ monday }} - week.1 as date, toNullable(toInt64(week.2)) as followers
    from cases
    array join weeks as week
)

select name, any(w.expected) as expected, {{ growth_over(7, 'followers', 'date') }} as actual
from weeks as w
group by name
having not (actual <=> expected)
