{{ config(materialized='table', disable_on_cluster=true) }} {{ wave() }}
