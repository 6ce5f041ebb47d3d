{{ config(materialized='distributed_incremental', unique_key='id', incremental_strategy='microbatch', event_time='day', begin='2024-01-01', batch_size='month') }} {{ wave() }}
