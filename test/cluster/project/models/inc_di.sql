{{ config(materialized='distributed_incremental', unique_key='id', incremental_strategy='delete+insert', incremental_predicates=['v < 100']) }} {{ wave() }}
