{{ config(materialized='distributed_incremental', incremental_strategy='insert_overwrite', partition_by='day') }} {{ wave() }}
