{{ config(order_by='profile_id', tags=['post_ranker_partial']) }}

{{ instagram_account_summary(ref('mart_instagram_recent_posts_with_ranks')) }}
