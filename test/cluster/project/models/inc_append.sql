{{ config(materialized='distributed_incremental', incremental_strategy='append', on_schema_change='append_new_columns') }} {{ wave(grows=true) }}
