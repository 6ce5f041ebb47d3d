{{ config(order_by='(profile_id, recency_rank)', tags=['post_ranker']) }}

{{ instagram_posts_with_ranks() }}
