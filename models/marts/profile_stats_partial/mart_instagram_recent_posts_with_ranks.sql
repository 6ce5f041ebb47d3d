{{ config(order_by='(profile_id, recency_rank)', tags=['post_ranker_partial']) }}

{{ instagram_posts_with_ranks(changed=ref('mart_instagram_changed_profiles')) }}
