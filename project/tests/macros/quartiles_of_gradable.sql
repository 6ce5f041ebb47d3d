-- Quarters are values that occur, over what can be graded only; of nothing they are empty.
with cases as (
    select 'four and noise' as name, arrayJoin(cast([10, 20, 30, 40, 0, null, inf, nan], 'Array(Nullable(Float64))')) as metric, [20., 30., 40.] as expected
    union all select 'one', toNullable(7.), [7., 7., 7.]
    union all select 'nothing', toNullable(0.), []
)

select name, any(c.expected) as expected, {{ quartiles('c.metric') }} as actual
from cases as c
group by name
having actual != expected
