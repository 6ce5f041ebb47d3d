import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dbtEnvironment } from '../../src/context/index.ts';
import { JinjaError, runSync, type Scope } from '../../src/jinja/index.ts';
import { runtimeContext, world } from './support.ts';

/** What dbt's own environment with Python's datetime, pytz, re and itertools gave for the template. */
interface Case {
  readonly template: string;
  readonly output?: string;
  readonly error?: string;
  readonly message?: string;
}

function read(path: string): readonly Case[] {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Case[];
}

function attempt(template: string, scope: Scope): Case {
  try {
    return { template, output: runSync(dbtEnvironment('runtime').compile(template).render(scope)) };
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    return { template, error: error.kind, message: error.message };
  }
}

describe('modules', () => {
  const { scope } = runtimeContext(world());
  const cases = read('fixtures/modules.json');

  it.each(['datetime', 'pytz', 're', 'itertools'])('%s is as in Python', (name) => {
    const own = cases.filter((one) => one.template.includes(`modules.${name}`));
    expect(own.length).toBeGreaterThan(20);
    expect(own.map(({ template }) => attempt(template, scope))).toEqual(own);
  });
});
