{{ config(materialized='distributed_incremental', unique_key='id', incremental_strategy='delete+insert', engine='ReplacingMergeTree(v)') }} {{ wave() }}
