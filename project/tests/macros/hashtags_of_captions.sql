-- Lower case, each once, in the order they come, in any script; a # alone is none.
with cases as (
    select c.1 as caption, c.2 as expected
    from (
        select arrayJoin(cast([
            ('Chai #Food #diwali #FOOD', ['food', 'diwali']), ('#यात्रा, #தமிழ்!', ['यात्रा', 'தமிழ்']), ('a#b_1#c', ['b_1', 'c']), ('# no', []), ('', []), (null, [])
        ], 'Array(Tuple(Nullable(String), Array(String)))')) as c
    )
)

select *, {{ hashtags('caption') }} as actual
from cases
where actual != expected
