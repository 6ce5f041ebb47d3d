-- The grade macro on rows worked out by hand: thresholds p90 = 90, p75 = 75, p60 = 60, p40 = 40; only what is above one has its grade.
with cases as (
    select
        tupleElement(c, 1) as metric,
        tupleElement(c, 2) as expected,
        [90., 75., 60., 40.] as thresholds
    from (
        select arrayJoin(cast([
            (90.1, 'Excellent'), (90., 'Very Good'), (75.1, 'Very Good'), (75., 'Good'), (60.1, 'Good'), (60., 'Average'), (40.1, 'Average'), (40., 'Poor'),
            (-5., 'Poor'), (0., null), (null, null), (inf, null), (-inf, null), (nan, null)
        ], 'Array(Tuple(Nullable(Float64), Nullable(String)))')) as c
    )
)

select *, {{ grade('metric', 'thresholds') }} as actual
from cases
where not (actual <=> expected)
