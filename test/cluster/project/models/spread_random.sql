{{ config(materialized='distributed_table', sharding_key='', contract={'enforced': true}) }} select id, v from ({{ wave() }})
