select name, count() as number from {{ ref('first') }} group by name
