-- A rate over nothing is infinite, nothing over nothing is NaN, an unknown part gives NULL.
with cases as (
    select c.1 as part, c.2 as whole, c.3 as expected
    from (select arrayJoin(cast([(1, 200, 0.5), (0, 5, 0), (3, 0, inf), (null, 5, null)], 'Array(Tuple(Nullable(Int64), Int64, Nullable(Float64)))')) as c)
)

select *, {{ percent_of('part', 'whole') }} as actual
from cases
where not (actual <=> expected)
union all
select 0, 0, nan, {{ percent_of('0', '0') }} as actual
where not isNaN(actual)
