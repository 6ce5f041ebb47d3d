{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key=['date', 'profile_id'],
        order_by='(profile_id, date)',
        partition_by='toYYYYMM(date)',
        query_settings=many_months(),
        tags=['core', 'hourly'],
    )
}}

{{ weekly_maximum('YOUTUBE', {'followers': 'subscribers', 'views': 'views'}) }}
