-- Shares by bucket, sorted by its name; authenticity and reachability in percent, NULL where they were not told.
with buckets as (
    select b.1 as account, b.2 as dimension, b.3 as bucket, b.4 as share
    from (
        select arrayJoin(cast([
            ('a', 'gender', 'male', 0.25), ('a', 'gender', 'female', 0.75), ('a', 'age', '18-24', 1), ('a', 'authenticity', 'real', 0.5),
            ('a', 'authenticity', 'mass_follower', 0.125), ('b', 'city', 'Pune', 1)
        ], 'Array(Tuple(String, String, String, Float64))')) as b
    )
),

audiences as (
    select account, {{ audience_columns() }}
    from buckets
    group by account
)

select *
from audiences
where not (
    toString((audience_gender, audience_age, audience_city, audience_language, audience_authencity, audience_reachability)) = if(
        account = 'a',
        '({\'female\':0.75,\'male\':0.25},{\'18-24\':1},{},{},50,87.5)',
        '({},{},{\'Pune\':1},{},NULL,NULL)'))
