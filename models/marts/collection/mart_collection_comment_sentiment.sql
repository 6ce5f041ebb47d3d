{{ config(order_by='collection_id', tags=['collections']) }}

with judged as (
    select
        p.collection_id as collection_id,
        multiIf(
            match(lowerUTF8(c.text), 'fake|hate|worst|scam'), 'negative',
            match(lowerUTF8(c.text), 'love|nice|great|❤|अच्छा'), 'positive',
            'neutral') as sentiment
    from {{ ref('mart_collection_post') }} as p
    inner join {{ ref('stg_beat_instagram_post_comment') }} as c on c.shortcode = p.shortcode
    where c.text is not null
)

select
    collection_id,
    count() as comments,
    countIf(sentiment = 'positive') as positive,
    countIf(sentiment = 'neutral') as neutral,
    countIf(sentiment = 'negative') as negative,
    {{ percent_of("countIf(sentiment = 'positive') - countIf(sentiment = 'negative')", 'count()') }} as net_sentiment
from judged
group by collection_id
