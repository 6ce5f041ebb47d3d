{{ config(order_by='channel_id', tags=['post_ranker']) }}

{{ youtube_account_summary(ref('mart_youtube_all_videos_with_ranks')) }}
