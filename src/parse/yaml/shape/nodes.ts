import type { Fields, Shape } from './check.ts';

/** Keys with their shapes; `name` and others may be demanded. */
export const closed = (fields: Fields['fields'], required: readonly string[] = []): Fields => ({
  fields,
  required,
  isOpen: false,
});
export const open = (fields: Fields['fields'], required: readonly string[] = []): Fields => ({
  fields,
  required,
  isOpen: true,
});

export const OPTIONAL_TEXT: Shape = ['text', 'none'];
export const OPTIONAL_FLAG: Shape = ['flag', 'none'];
export const TEXTS: Shape = { list: 'text' };
export const VERSION: Shape = ['number', 'text'];
const TESTS: Shape = { list: ['map', 'text'] };
const DOCS = closed({ show: 'flag', node_color: OPTIONAL_TEXT });

/** What every resource may say. */
const DESCRIBED: Fields['fields'] = {
  name: 'text',
  description: 'text',
  meta: 'map',
  data_type: OPTIONAL_TEXT,
  constraints: { list: 'map' },
  docs: DOCS,
  config: 'map',
};

const SEMANTIC: Fields['fields'] = {
  type: 'text',
  name: OPTIONAL_TEXT,
  description: OPTIONAL_TEXT,
  label: OPTIONAL_TEXT,
  config: 'map',
};
const VALIDITY: Shape = [closed({ is_start: 'flag', is_end: 'flag' }), 'none'];
const DIMENSION = closed({ ...SEMANTIC, is_partition: 'flag', validity_params: VALIDITY }, ['type']);

const COLUMN_FIELDS: Fields['fields'] = {
  ...DESCRIBED,
  data_tests: TESTS,
  quote: OPTIONAL_FLAG,
  tags: TEXTS,
  granularity: OPTIONAL_TEXT,
  dimension: [DIMENSION, 'text', 'none'],
  entity: [closed(SEMANTIC, ['type']), 'text', 'none'],
};
const COLUMN = open(COLUMN_FIELDS, ['name']);
export const COLUMNS: Shape = { list: COLUMN };

/** What is said of a seed or a snapshot. */
const TESTED: Fields['fields'] = {
  ...DESCRIBED,
  data_tests: TESTS,
  columns: COLUMNS,
  quote_columns: OPTIONAL_FLAG,
  access: OPTIONAL_TEXT,
};
export const NODE = open(TESTED, ['name']);
export const ANALYSIS = open({ ...DESCRIBED, columns: COLUMNS, access: OPTIONAL_TEXT }, ['name']);
export const SINGULAR_TEST = open(DESCRIBED, ['name']);

const CHOICE = closed({ include: ['text', TEXTS], exclude: TEXTS }, ['include']);
const MODEL_VERSION = closed(
  {
    v: VERSION,
    defined_in: OPTIONAL_TEXT,
    description: 'text',
    access: OPTIONAL_TEXT,
    config: 'map',
    constraints: { list: 'map' },
    docs: DOCS,
    data_tests: [TESTS, 'none'],
    columns: { list: [COLUMN, CHOICE] },
    deprecation_date: 'any',
  },
  ['v'],
);
const GRANULARITY = closed({ name: 'text', column_name: OPTIONAL_TEXT }, ['name']);
const TIME_SPINE = closed({ standard_granularity_column: 'text', custom_granularities: { list: GRANULARITY } }, [
  'standard_granularity_column',
]);

export const MODEL = open(
  {
    ...TESTED,
    latest_version: ['number', 'text', 'none'],
    versions: { list: MODEL_VERSION },
    deprecation_date: 'any',
    time_spine: [TIME_SPINE, 'none'],
  },
  ['name'],
);

const MACRO_ARGUMENT = closed({ name: 'text', type: OPTIONAL_TEXT, description: 'text' }, ['name']);
export const MACRO = open({ ...DESCRIBED, arguments: { list: MACRO_ARGUMENT } }, ['name']);

const FUNCTION_ARGUMENT = closed(
  { name: 'text', data_type: 'text', description: OPTIONAL_TEXT, default_value: 'any' },
  ['name', 'data_type'],
);
const RETURNS = closed({ data_type: 'text', description: OPTIONAL_TEXT }, ['data_type']);
const FUNCTION_ARGUMENTS: Shape = { list: FUNCTION_ARGUMENT };
const OVERLOAD = closed(
  { defined_in: 'text', arguments: FUNCTION_ARGUMENTS, returns: [RETURNS, 'none'], description: OPTIONAL_TEXT },
  ['defined_in'],
);
export const FUNCTION = open(
  {
    ...DESCRIBED,
    access: OPTIONAL_TEXT,
    arguments: FUNCTION_ARGUMENTS,
    returns: RETURNS,
    overloads: { list: OVERLOAD },
  },
  ['name', 'returns'],
);
