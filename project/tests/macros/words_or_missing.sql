-- NULL, nothing and blanks are MISSING; other words lose the blanks around them.
with cases as (
    select c.1 as word, c.2 as expected
    from (select arrayJoin(cast([(null, 'MISSING'), ('', 'MISSING'), ('  ', 'MISSING'), (' Pune ', 'Pune'), ('NULL', 'NULL')], 'Array(Tuple(Nullable(String), String))')) as c)
)

select *, {{ word_or_missing('word') }} as actual
from cases
where actual != expected
