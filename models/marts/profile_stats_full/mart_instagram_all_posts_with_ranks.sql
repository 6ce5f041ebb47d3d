{{ config(order_by='(profile_id, recency_rank)', tags=['post_ranker'], query_settings=spill_settings()) }}

{{ instagram_posts_with_ranks() }}
