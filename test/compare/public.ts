// What real dbt and tsdbt make of public projects, compared to the last field of the manifest.
// npm run compare:dbt -- DIR [NAME...]: DIR holds the projects as OWNER/REPOSITORY; DBT names dbt's executable (`dbt`).
// What dbt made is kept below DIR/.compare and made again where its folder is deleted.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Comparison, compareManifests, type Difference, type Sections } from './differences.ts';
import { isThere, prepare } from './prepare.ts';
import { PROJECTS, type PublicProject } from './projects.ts';

const [dir, ...names] = process.argv.slice(2);
if (dir === undefined) throw new Error('Which folder? npm run compare:dbt -- DIR [NAME...]');
const folder = resolve(dir);
const rows = PROJECTS.filter(({ name }) => names.length === 0 || names.includes(name)).map((project) => {
  const result = compareProject(project);
  console.log(result.text);
  return { project: project.name, ...result.row };
});
console.table(rows);
if (rows.some(({ differences }) => differences !== 0)) process.exitCode = 1;

interface Row {
  readonly resources?: number;
  readonly fields?: number;
  /** Null where one of the two refused the project. */
  readonly differences: number | null;
}

function compareProject(project: PublicProject): { readonly text: string; readonly row: Row } {
  if (!isThere(folder, project)) return { text: `${project.name}: not below ${folder}`, row: { differences: null } };
  const copy = prepare(folder, project);
  const [theirs, ours] = ['dbt', 'tsdbt'].map((tool) => join(folder, '.compare', project.name, tool)) as [
    string,
    string,
  ];
  const refused: string[] = [];
  if (!existsSync(join(theirs, 'manifest.json')))
    refused.push(...parse([process.env['DBT'] ?? 'dbt'], theirs, copy, project));
  refused.push(...parse([process.execPath, resolve('bin/tsdbt.js')], ours, copy, project));
  if (refused.length > 0) return { text: `${project.name}\n${refused.join('\n')}`, row: { differences: null } };
  const comparison = compareManifests(manifestIn(theirs), manifestIn(ours));
  const { resources, fields, differences } = comparison;
  return { text: textOf(project, comparison), row: { resources, fields, differences: differences.length } };
}

/** Parses into `target`. The end of what the tool said where it refused. */
function parse(
  command: readonly string[],
  target: string,
  cwd: string,
  { vars, env }: PublicProject,
): readonly string[] {
  const [file = '', ...first] = command;
  const args = ['parse', '--no-partial-parse', '--target-path', target, '--vars', JSON.stringify(vars ?? {})];
  const { status, stdout, stderr } = spawnSync(file, [...first, '--no-use-colors', ...args], {
    cwd,
    env: { ...process.env, ...env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status === 0) return [];
  return [`  ${file} refused it (${status}):`, ...`${stdout}${stderr}`.trim().split('\n').slice(-12)];
}

function manifestIn(target: string): Sections {
  // Python writes what JSON has no word for.
  const text = readFileSync(join(target, 'manifest.json'), 'utf8').replace(
    /(?<=[:,[] ?)(?:NaN|-?Infinity)(?=[,\]}])/g,
    'null',
  );
  return JSON.parse(text) as Sections;
}

function textOf({ name }: PublicProject, { differences }: Comparison): string {
  const byField = new Map<string, Difference[]>();
  for (const each of differences) byField.set(each.field, [...(byField.get(each.field) ?? []), each]);
  const lines = [...byField].map(([field, [first, ...more]]) => {
    const both = `dbt ${shown(first?.dbt)}\n      us  ${shown(first?.tsdbt)}`;
    return `  ${field}: ${more.length + 1}\n    ${first?.id}\n      ${both}`;
  });
  return [name, ...lines].join('\n');
}

function shown(value: unknown): string {
  return String(JSON.stringify(value)).slice(0, 600);
}
