{{ config(order_by='channel_id', tags=['post_ranker_partial']) }}

with ranked as (
    {{ youtube_videos_with_ranks(changed=ref('mart_youtube_changed_channels')) }}
)

{{ youtube_account_summary('ranked') }}
