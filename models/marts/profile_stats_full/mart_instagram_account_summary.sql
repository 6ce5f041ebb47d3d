{{ config(order_by='profile_id', tags=['post_ranker']) }}

{{ instagram_account_summary(ref('mart_instagram_all_posts_with_ranks')) }}
