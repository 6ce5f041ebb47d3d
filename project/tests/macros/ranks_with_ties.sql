-- Equals share a place and leave the next one out; an unknown value has no place and takes none.
with cases as (
    select c.1 as country, c.2 as value, c.3 as expected
    from (
        select arrayJoin(cast([
            ('IN', 30, 1), ('IN', 20, 2), ('IN', 20, 2), ('IN', 10, 4), ('IN', null, null), ('AE', 5, 1)
        ], 'Array(Tuple(String, Nullable(Int64), Nullable(UInt64)))')) as c
    )
),

ranked as (
    select *, {{ rank_among('value', ['country']) }} as actual
    from cases
)

select *
from ranked
where not (actual <=> expected)
