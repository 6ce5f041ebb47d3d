{#-
  The collection marts exist twice, for production and for the staging environment: what differs is whose collections they hold. Each macro writes one of them;
  `collection_mart` names its siblings.
-#}
{% macro collection_mart(environment, name) -%}
  {{ return(ref(('mart_' if environment == 'production' else 'mart_staging_') ~ name)) }}
{%- endmacro %}

{#- Subquery: the collections of an environment that are shown. `model` is one of the three kinds of collections. -#}
{% macro shown_collections(model, environment) -%}
  (select id, name, partner_id from {{ ref(model) }} where environment = '{{ environment }}' and is_enabled)
{%- endmacro %}

{% macro collection_post(environment) -%}
with posts as (
    select shortcode, handle, publish_time, caption, likes, comments, plays, reach
    from {{ ref('stg_beat_instagram_post') }}
    where id is not null
    settings final = 1
),

-- The likes that no person gave, over all days on which that was noticed.
fakes as (
    select shortcode, sum(fake_likes) as fake_likes
    from {{ ref('mart_fake_events') }}
    group by shortcode
    settings final = 1
),

added as (
    select
        i.collection_id as collection_id,
        i.platform as platform,
        i.shortcode as shortcode,
        i.profile_id as profile_id,
        p.handle as handle,
        i.post_type as post_type,
        p.publish_time as publish_time,
        {{ hashtags('p.caption') }} as hashtags,
        i.cost as cost,
        -- greatest() would take the NULL of an unread post for zero.
        if(p.likes is null, null, greatest(p.likes - ifNull(f.fake_likes, 0), 0)) as likes,
        p.comments as comments,
        p.plays as plays,
        p.reach as reach,
        likes + p.comments as engagement,
        ifNull(f.fake_likes, 0) as fake_likes,
        i.created_at as added_at
    from {{ ref('stg_coffee_post_collection_item') }} as i
    inner join {{ shown_collections('stg_coffee_post_collection', environment) }} as c on c.id = i.collection_id
    -- A post that the crawler has not read yet has no numbers, but it is in the collection.
    left join posts as p on p.shortcode = i.shortcode
    left join fakes as f on f.shortcode = i.shortcode
    where not i.is_hidden
    -- A post may be added again; the newest addition counts.
    order by i.created_at desc, i.id desc
    limit 1 by collection_id, shortcode
    settings join_use_nulls = 1
)

select * from added
{%- endmacro %}

{% macro collection_post_ts(environment) -%}
with members as (
    select collection_id, shortcode
    from {{ collection_mart(environment, 'collection_post') }}
),

days as (
    select
        shortcode,
        toDate(e.event_timestamp) as date,
        max(JSONExtract(e.metrics, 'likes', 'Nullable(Int64)')) as likes,
        max(JSONExtract(e.metrics, 'comments', 'Nullable(Int64)')) as comments,
        max(JSONExtract(e.metrics, 'plays', 'Nullable(Int64)')) as plays
    from {{ source('_e', 'post_log_events') }} as e
    where e.shortcode in (select shortcode from members)
    group by shortcode, date
    having likes is not null
),

-- What was faked until a day is taken off from that day on.
fakes as (
    select shortcode, date, sum(fake_likes) over (partition by shortcode order by date) as fake_likes
    from {{ ref('mart_fake_events') }}
    settings final = 1
)

select
    m.collection_id as collection_id,
    d.shortcode as shortcode,
    d.date as date,
    greatest(assumeNotNull(d.likes) - f.fake_likes, 0) as likes,
    d.comments as comments,
    d.plays as plays,
    f.fake_likes as fake_likes
from days as d
inner join members as m on m.shortcode = d.shortcode
asof left join fakes as f on f.shortcode = d.shortcode and f.date <= d.date
{%- endmacro %}

{% macro collection_post_metrics_summary(environment) -%}
with totals as (
    select
        collection_id,
        count() as posts,
        countIf(p.publish_time is not null) as posts_measured,
        uniqExact(p.profile_id) as profiles,
        sum(p.cost) as cost,
        sum(p.likes) as likes,
        sum(p.comments) as comments,
        sum(p.plays) as plays,
        sum(p.reach) as reach,
        sum(p.engagement) as engagement,
        sum(p.fake_likes) as fake_likes
    from {{ collection_mart(environment, 'collection_post') }} as p
    group by collection_id
)

select
    c.id as collection_id,
    c.name as name,
    c.partner_id as partner_id,
    ifNull(t.posts, 0) as posts,
    ifNull(t.posts_measured, 0) as posts_measured,
    ifNull(t.profiles, 0) as profiles,
    t.cost as cost,
    t.likes as likes,
    t.comments as comments,
    t.plays as plays,
    t.reach as reach,
    t.engagement as engagement,
    t.fake_likes as fake_likes,
    toFloat64(t.cost) / nullIf(t.engagement, 0) as cost_per_engagement,
    toFloat64(t.cost) / nullIf(t.plays, 0) as cost_per_play
from {{ shown_collections('stg_coffee_post_collection', environment) }} as c
left join totals as t on t.collection_id = c.id
settings join_use_nulls = 1
{%- endmacro %}

{% macro collection_daily(environment) -%}
with gained as (
    select
        collection_id,
        date,
        shortcode,
        likes - any(toNullable(likes)) over before as likes_gained,
        comments - any(toNullable(comments)) over before as comments_gained,
        plays - any(toNullable(plays)) over before as plays_gained
    from {{ collection_mart(environment, 'collection_post_ts') }}
    window before as (partition by collection_id, shortcode order by date rows between 1 preceding and 1 preceding)
)

-- The first measurement of a post has nothing to be compared with; it counts as measured, not as gained.
select
    collection_id,
    date,
    count() as posts_measured,
    ifNull(sum(g.likes_gained), 0) as likes_gained,
    ifNull(sum(g.comments_gained), 0) as comments_gained,
    ifNull(sum(g.plays_gained), 0) as plays_gained
from gained as g
group by collection_id, date
{%- endmacro %}

{% macro collection_profile(environment) -%}
select
    i.collection_id as collection_id,
    i.profile_id as profile_id,
    a.handle as handle,
    a.category as category,
    a.country as country,
    a.followers as followers,
    a.follower_group as follower_group,
    a.engagement_rate as engagement_rate,
    a.engagement_rate_grade as engagement_rate_grade,
    i.note as note,
    i.created_at as added_at
from {{ ref('stg_coffee_profile_collection_item') }} as i
inner join {{ shown_collections('stg_coffee_profile_collection', environment) }} as c on c.id = i.collection_id
left join {{ ref('mart_instagram_account') }} as a on a.ig_id = i.profile_id
where not i.is_hidden
order by i.created_at desc, i.id desc
limit 1 by collection_id, profile_id
settings join_use_nulls = 1
{%- endmacro %}

{% macro collection_profile_summary(environment) -%}
select
    collection_id,
    count() as profiles,
    countIf(p.followers is not null) as profiles_known,
    ifNull(sum(p.followers), 0) as total_followers,
    avgOrNullIf(p.engagement_rate, {{ is_gradable('p.engagement_rate') }}) as avg_engagement_rate,
    uniqExact(p.category) as categories,
    countIf(p.engagement_rate_grade in ('Excellent', 'Very Good')) as strong_profiles
from {{ collection_mart(environment, 'collection_profile') }} as p
group by collection_id
{%- endmacro %}

{% macro collection_hashtags(environment) -%}
select
    collection_id,
    hashtag,
    count() as posts,
    uniqExact(p.profile_id) as profiles,
    ifNull(sum(p.engagement), 0) as engagement
from {{ collection_mart(environment, 'collection_post') }} as p
array join p.hashtags as hashtag
group by collection_id, hashtag
{%- endmacro %}

{% macro collection_keyword_posts(environment) -%}
with words as (
    select k.id as collection_id, word
    from {{ ref('stg_coffee_keyword_collection') }} as k
    array join k.keywords as word
    where k.environment = '{{ environment }}' and k.is_enabled
),

-- Found by hashtag, not by searching captions, and the best of each word only: the work grows with the hashtags and not with posts times collections.
found as (
    select hashtag, post_id, shortcode, profile_id, publish_time, engagement
    from {{ ref('mart_instagram_post_hashtags') }}
    where publish_time > {{ stir_now() }} - interval 30 day and hashtag in (select word from words)
    order by engagement desc, post_id
    limit 500 by hashtag
)

select
    w.collection_id as collection_id,
    f.post_id as post_id,
    any(f.shortcode) as shortcode,
    any(f.profile_id) as profile_id,
    any(f.publish_time) as publish_time,
    any(f.engagement) as engagement,
    arraySort(groupUniqArray(w.word)) as matched_words
from found as f
inner join words as w on w.word = f.hashtag
group by collection_id, post_id
{%- endmacro %}

{% macro collection_share_stats(environment) -%}
select
    c.id as collection_id,
    c.name as name,
    count() as links,
    countIf(not l.is_expired) as active_links,
    sum(l.view_count) as views,
    max(l.created_at) as last_shared_at
from {{ shown_collections('stg_coffee_post_collection', environment) }} as c
inner join {{ ref('stg_coffee_share_link') }} as l on l.entity_id = c.id and l.entity_type = 'POST_COLLECTION'
group by collection_id, name
{%- endmacro %}
