{{ config(order_by='(channel_id, recency_rank)', tags=['post_ranker']) }}

{{ youtube_videos_with_ranks() }}
