{{ config(materialized='distributed_incremental', unique_key='id', incremental_strategy='delete+insert', on_schema_change='sync_all_columns') }} {{ wave(grows=true) }}
