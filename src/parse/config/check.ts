import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { pyRepr } from '../python.ts';
import type { ConfigKind } from './fields.ts';

type Expectation = 'boolean' | 'text' | 'integer' | 'map' | 'texts' | 'text or texts';

const EXPECTED: Readonly<Record<string, Expectation>> = {
  enabled: 'boolean',
  alias: 'text',
  schema: 'text',
  database: 'text',
  tags: 'text or texts',
  meta: 'map',
  group: 'text',
  materialized: 'text',
  incremental_strategy: 'text',
  persist_docs: 'map',
  quoting: 'map',
  column_types: 'map',
  full_refresh: 'boolean',
  unique_key: 'text or texts',
  on_schema_change: 'text',
  grants: 'map',
  packages: 'texts',
  docs: 'map',
  contract: 'map',
  severity: 'text',
  store_failures: 'boolean',
  store_failures_as: 'text',
  where: 'text',
  limit: 'integer',
  fail_calc: 'text',
  warn_if: 'text',
  error_if: 'text',
  delimiter: 'text',
  quote_columns: 'boolean',
};

/** Refuses what dbt refuses: a value of a wrong type or outside of its list. Throws TSD1101. */
export function checkConfig(owner: string, kind: ConfigKind, config: DataMap): void {
  for (const [key, value] of Object.entries(config)) {
    const expected = EXPECTED[key];
    if (expected === undefined || value === null || fits(value, expected)) continue;
    throw invalid(owner, `'${key}' must be ${words(expected)}, but is ${pyRepr(value)}`);
  }
  checkChange(owner, config);
  if (kind === 'test') checkTest(owner, config);
}

function checkChange(owner: string, config: DataMap): void {
  const option = config.on_configuration_change ?? 'apply';
  if (option !== 'apply' && option !== 'continue' && option !== 'fail') {
    throw invalid(owner, `'on_configuration_change' must be apply, continue or fail, but is ${pyRepr(option)}`);
  }
  const contract = config.contract;
  const enforced = isDataMap(contract) && contract.enforced === true;
  const schema = config.on_schema_change ?? null;
  if (enforced && config.materialized === 'incremental' && schema !== 'append_new_columns' && schema !== 'fail') {
    throw invalid(
      owner,
      `Invalid value for on_schema_change: ${String(schema)}. Models materialized as incremental with contracts enabled must set on_schema_change to 'append_new_columns' or 'fail'`,
    );
  }
}

function checkTest(owner: string, config: DataMap): void {
  const severity = String(config.severity ?? 'ERROR');
  if (!/^(warn|error)$/i.test(severity)) {
    throw invalid(owner, `Severity must be either 'warn' or 'error'. Got '${severity}'`);
  }
  if (config.materialized !== 'test') throw invalid(owner, "A test must have a materialized value of 'test'");
}

function fits(value: Data, expected: Expectation): boolean {
  switch (expected) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return (typeof value === 'number' && Number.isInteger(value)) || typeof value === 'bigint';
    case 'map':
      return isDataMap(value);
    case 'texts':
      return isTexts(value);
    case 'text or texts':
      return typeof value === 'string' || isTexts(value);
  }
}

function isTexts(value: Data): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function words(expected: Expectation): string {
  return {
    boolean: 'true or false',
    text: 'text',
    integer: 'a whole number',
    map: 'a map',
    texts: 'a list of texts',
    'text or texts': 'a text or a list of texts',
  }[expected];
}

function invalid(owner: string, message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message: `${owner}: ${message}` });
}
