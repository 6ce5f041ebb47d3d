import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../e2e/root.ts';
import type { Measurement, ModelCost } from './measure.ts';

export interface Growth {
  readonly model: string;
  readonly rows: number;
  readonly 'cpu s': number;
  readonly exponent: number;
}

/** The dearest models at the larger size, with the power of their rows by which their cost grows: 1 is linear. */
export function exponentsOf(small: Measurement, large: Measurement): readonly Growth[] {
  return Object.entries(large.models)
    .filter(([model, { rows }]) => rows > (small.models[model]?.rows ?? 0) && small.models[model]!.rows > 0)
    .sort(([, a], [, b]) => b.cpu - a.cpu)
    .map(([model, { rows, cpu }]) => {
      const before = small.models[model]!;
      const exponent = Math.log(cpu / before.cpu) / Math.log(rows / before.rows);
      return { model, rows, 'cpu s': Number(cpu.toFixed(2)), exponent: Number(exponent.toFixed(3)) };
    });
}

export function heaviestOf(small: Measurement, large: Measurement): Growth {
  const marts = exponentsOf(small, large).filter(({ model }) => model.startsWith('mart_'));
  return marts[0]!;
}

const FILE = join(ROOT, 'docs/reference-project.md');
const [BEGIN, END] = ['<!-- npm run bench:stir -- --write: begin -->', '<!-- end -->'];

/** Writes the table of all marts into the page, between its marks. */
export function writeTable(small: Measurement, large: Measurement): void {
  const text = readFileSync(FILE, 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${FILE} has no marks for the table`);
  const heaviest = heaviestOf(small, large);
  const most = Object.entries(large.models).sort(([, a], [, b]) => b.memory - a.memory)[0]!;
  const lines = [
    BEGIN,
    `Built one at a time by tsdbt on a private server on two busy cores, from ${count(small.accounts)} and from ${count(large.accounts)} accounts over 120 days`,
    `(${count(small.raw.rows)} and ${count(large.raw.rows)} raw rows, invented in ${seconds(small.generator.seconds)} and ${seconds(large.generator.seconds)}, the generator holding at most ${size(large.generator.memory)}).`,
    `The heaviest, ${heaviest.model}, grows by the power ${heaviest.exponent.toFixed(2)} of its rows; the most that one statement held was ${size(most[1].memory)}`,
    `(${most[0]}). Between them all models took ${seconds(sum(small))} and ${seconds(sum(large))}.`,
    '',
    `| folder | mart | rows | on disk | built in | rows at ${count(large.accounts)} | on disk | built in | held |`,
    '|---|---|---:|---:|---:|---:|---:|---:|---:|',
    ...marts().map(([folder, mart]) => {
      const [a, b] = [small.models[mart]!, large.models[mart]!];
      return `| ${folder} | ${mart} | ${cells(a)} | ${cells(b)} | ${size(b.memory)} |`;
    }),
    '',
  ];
  writeFileSync(FILE, `${text.slice(0, from)}${lines.join('\n')}${text.slice(to)}`);
}

function marts(): readonly (readonly [string, string])[] {
  const root = join(ROOT, 'models/marts');
  return readdirSync(root)
    .sort()
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith('.sql'))
        .sort()
        .map((file) => [folder, file.slice(0, -4)] as const),
    );
}

const cells = ({ rows, bytes, seconds: built }: ModelCost): string =>
  `${count(rows)} | ${size(bytes)} | ${seconds(built)}`;

const sum = ({ models }: Measurement): number => Object.values(models).reduce((total, one) => total + one.seconds, 0);

const count = (value: number): string => value.toLocaleString('en-US');

const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} s`;

function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} KB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
