{{ config(materialized='distributed_table', projections=[{'name': 'by_day', 'query': 'select day, count() group by day'}]) }} {{ wave() }}
