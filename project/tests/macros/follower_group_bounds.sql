-- The lower bound of a follower group belongs to it.
with cases as (
    select tupleElement(c, 1) as followers, tupleElement(c, 2) as expected
    from (
        select arrayJoin(cast([
            (0, '0-5k'), (4999, '0-5k'), (5000, '5k-10k'), (9999, '5k-10k'), (10000, '10k-50k'), (50000, '50k-100k'), (100000, '100k-500k'),
            (499999, '100k-500k'), (500000, '500k-1M'), (999999, '500k-1M'), (1000000, '1M+'), (400000000, '1M+'), (null, 'MISSING')
        ], 'Array(Tuple(Nullable(Int64), String))')) as c
    )
)

select *, {{ follower_group('followers') }} as actual
from cases
where actual != expected
