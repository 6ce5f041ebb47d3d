import { readFileSync } from 'node:fs';
import { dbtEnvironment } from '../../src/context/index.ts';
import { isTsdbtError } from '../../src/error/index.ts';
import { JinjaError, runSync, type Scope } from '../../src/jinja/index.ts';

/** What dbt itself gave for the template: its output, or the error's class and text. */
export interface Case {
  readonly template: string;
  readonly output?: string;
  readonly error?: string;
  readonly message?: string;
}

export function readCases(name: string): readonly Case[] {
  const cases = JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')) as Case[];
  return cases.map((one) => (/^(Set|Zip)StrictWrongTypeError$/.test(one.error ?? '') ? { ...one, error: 'dbt' } : one));
}

/** The same from us. dbt's own classes of errors are one here. */
export function attempt(template: string, scope: Scope): Case {
  try {
    return { template, output: runSync(dbtEnvironment('runtime').compile(template).render(scope)) };
  } catch (error) {
    if (error instanceof JinjaError) return { template, error: error.kind, message: error.message };
    if (isTsdbtError(error)) return { template, error: 'dbt', message: error.message };
    throw error;
  }
}
