import type { UnitTestFixture, UnitTestNode } from '../../model/index.ts';
import { type Data, isDataMap } from '../../util/data.ts';
import { sha256 } from '../digest.ts';
import { pyDataclass, pyRepr } from '../python.ts';
import type { Writable } from '../types.ts';

type Test = Pick<Writable<UnitTestNode>, 'model' | 'versions' | 'given' | 'expect' | 'overrides'>;

/** dbt's hash of a unit test: over the text Python prints of its parts. */
export function unitTestChecksum(test: Test): string {
  const given = test.given.map((input) => fixture('UnitTestInputFixture', input, { input: pyRepr(input.input) }));
  const parts = [
    test.model,
    dataclass('UnitTestNodeVersions', test.versions, ['include', 'exclude']),
    `[${given.join(', ')}]`,
    fixture('UnitTestOutputFixture', test.expect, {}),
    dataclass('UnitTestOverrides', test.overrides, ['macros', 'vars', 'env_vars']),
  ];
  const files = test.given.filter((input) => input.fixture !== null).map((input) => `-${plain(input.rows)}`);
  return sha256(parts.join('-') + files.join(''));
}

const FORMATS = { dict: 'Dict', csv: 'CSV', sql: 'SQL' } as const;

function fixture(name: string, of: Omit<UnitTestFixture, 'input'>, first: Readonly<Record<string, string>>): string {
  return pyDataclass(name, {
    ...first,
    rows: pyRepr(of.rows),
    format: `<UnitTestFormat.${FORMATS[of.format]}: '${of.format}'>`,
    fixture: pyRepr(of.fixture),
  });
}

function dataclass(name: string, value: Data, keys: readonly string[]): string {
  if (!isDataMap(value)) return 'None';
  return pyDataclass(name, Object.fromEntries(keys.map((key) => [key, pyRepr(value[key] ?? null)])));
}

function plain(rows: Data): string {
  return typeof rows === 'string' ? rows : pyRepr(rows);
}
