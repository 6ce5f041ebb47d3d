{{ config(enabled=var('batched'), materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='2026-01-01', batch_size='day') }}
select id, at from {{ ref('third') }}
