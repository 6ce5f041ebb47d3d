import { TsdbtError } from '../../error/index.ts';
import { type Data, type DataMap, isDataMap } from '../../util/data.ts';
import { pyRepr } from '../python.ts';
import type { ConfigKind } from './fields.ts';

type Expectation = 'boolean' | 'integer' | 'map' | 'texts';

const EXPECTED: Readonly<Record<string, Expectation>> = {
  enabled: 'boolean',
  meta: 'map',
  persist_docs: 'map',
  quoting: 'map',
  column_types: 'map',
  full_refresh: 'boolean',
  grants: 'map',
  docs: 'map',
  contract: 'map',
  snapshot_meta_column_names: 'map',
  store_failures: 'boolean',
  limit: 'integer',
  quote_columns: 'boolean',
  tags: 'texts',
};
const MAY_BE_EMPTY = new Set(['full_refresh', 'store_failures', 'limit', 'quote_columns']);

/** Refuses what dbt refuses: a value of a wrong type or outside of its list. Throws TSD1101. */
export function checkConfig(owner: string, kind: ConfigKind, config: DataMap): void {
  for (const [key, value] of Object.entries(config)) {
    const expected = EXPECTED[key];
    if (expected === undefined || fits(value, expected)) continue;
    if (value === null && MAY_BE_EMPTY.has(key)) continue;
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
    case 'integer':
      return (typeof value === 'number' && Number.isInteger(value)) || typeof value === 'bigint';
    case 'map':
      return isDataMap(value);
    case 'texts':
      return isTexts(value);
  }
}

function isTexts(value: Data): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function words(expected: Expectation): string {
  return {
    boolean: 'true or false',
    integer: 'a whole number',
    map: 'a map',
    texts: 'a list of texts',
  }[expected];
}

function invalid(owner: string, message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1101', message: `${owner}: ${message}` });
}
