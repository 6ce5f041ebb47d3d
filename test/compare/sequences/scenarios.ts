import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../e2e/root.ts';

export const HERE = join(ROOT, 'test/compare/sequences');

/** A step of the sequences: they run in order, each on what those before it left. */
export interface Scenario {
  readonly name: string;
  readonly args: readonly string[];
}

export function readScenarios(): readonly Scenario[] {
  const lines = readFileSync(join(HERE, 'scenarios.tsv'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [name = '', command = ''] = line.split('\t');
    // Values in braces are one argument.
    return { name, args: command.match(/\{[^}]*\}|\S+/g) ?? [] };
  });
}
