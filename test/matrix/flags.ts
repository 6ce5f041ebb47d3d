import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../e2e/root.ts';

/** One parameter of a command of real dbt, as its own command line declares it (`record.py --flags`). */
export interface DbtParameter {
  readonly name: string;
  readonly argument?: boolean;
  readonly opts?: readonly string[];
  /** The negated forms. */
  readonly off?: readonly string[];
  readonly kind?: string;
  readonly choices?: readonly string[] | null;
  readonly env?: string | readonly string[] | null;
  readonly hidden?: boolean;
}

type Flags = Readonly<Record<string, readonly DbtParameter[]>>;

/** By command; the empty name is dbt itself. */
export function dbtFlags(): Flags {
  const file = JSON.parse(readFileSync(join(ROOT, 'test/matrix/data/flags.json'), 'utf8')) as {
    readonly parameters: readonly DbtParameter[];
    readonly commands: Readonly<Record<string, readonly number[]>>;
  };
  return Object.fromEntries(
    Object.entries(file.commands).map(([command, ids]) => [command, ids.map((id) => file.parameters[id]!)]),
  );
}

export const environmentNames = ({ env }: DbtParameter): readonly string[] =>
  env == null ? [] : typeof env === 'string' ? [env] : env;
