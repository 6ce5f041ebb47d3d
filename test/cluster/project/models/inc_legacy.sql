{{ config(materialized='distributed_incremental', unique_key='id') }} {{ wave() }}
