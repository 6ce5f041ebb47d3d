-- Four parts of six hours, the first hour of a part belongs to it.
with cases as (
    select toDateTime('2024-01-01 00:00:00', 'UTC') + c.1 as moment, c.2 as expected
    from (
        select arrayJoin([
            (0, 'night'), (6 * 3600 - 1, 'night'), (6 * 3600, 'morning'), (12 * 3600, 'afternoon'), (18 * 3600, 'evening'), (86399, 'evening')
        ]) as c
    )
)

select *, {{ day_part('moment') }} as actual
from cases
where actual != expected
