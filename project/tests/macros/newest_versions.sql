-- Of each key the newest version is kept; of equal versions the one that arrived last; NULL keys are one key.
with versions as (
    select v.1 as id, v.2 as updated_at, v.3 as arrival, v.4 as expected
    from (
        select arrayJoin(cast([
            (1, 10, 1, false), (1, 20, 2, true), (1, 5, 3, false), (2, 10, 4, false), (2, 10, 5, true), (null, 1, 6, false), (null, 2, 7, true)
        ], 'Array(Tuple(Nullable(UInt8), UInt8, UInt8, Bool))')) as v
    )
),

kept as (
    select * from versions
    {{ latest_version('id', arrival='arrival') }}
)

select arraySort(groupArray(k.arrival)) as actual, (select arraySort(groupArrayIf(arrival, expected)) from versions) as expected
from kept as k
having actual != expected
