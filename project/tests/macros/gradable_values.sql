-- NULL, zero, infinite and NaN say nothing of a creator; what is below zero (a loss) does.
with cases as (
    select c.1 as metric, c.2 as expected
    from (
        select arrayJoin(cast([
            (5, true), (-3.5, true), (0, false), (null, false), (inf, false), (-inf, false), (nan, false)
        ], 'Array(Tuple(Nullable(Float64), Bool))')) as c
    )
)

select *, {{ is_gradable('metric') }} as actual
from cases
where actual != expected
