{#- The hashtags of a caption, in lower case, each once, in any script; without the #. -#}
{% macro hashtags(caption) -%}
  arrayDistinct(arrayMap(tag -> substringUTF8(lowerUTF8(tag), 2), extractAll(ifNull({{ caption }}, ''), '#[\\p{L}\\p{M}\\p{N}_]+')))
{%- endmacro %}
