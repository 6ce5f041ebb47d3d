import { TsdbtError } from '../../error/index.ts';
import type { RefArgs } from '../../model/index.ts';
import type { Data, DataMap } from '../../util/data.ts';
import { mergeCalls } from '../config/merge.ts';
import { NOTHING } from '../templating/extraction.ts';
import type { Extraction } from '../templating/templates.ts';
import type { Origin, WritableNode } from '../types.ts';
import { Literals, NoLiteral } from './literals.ts';
import { type PyToken, pyTokens } from './tokens.ts';

interface DbtCall {
  readonly word: string;
  readonly args: readonly Data[];
  readonly kwargs: DataMap;
}

/** What a model in Python asks for: its plain `dbt.ref`, `dbt.source` and `dbt.config` calls. Nothing is run. Throws TSD2001. */
export function extractPython(node: WritableNode, origin: Origin): Extraction {
  const tokens = pyTokens(node.raw_code);
  const fail = (message: string, line = 1): never => {
    const at = { file: origin.file, line: origin.linesBefore + line, col: 0 };
    throw new TsdbtError({ code: 'TSD2001', message, at });
  };
  if (/\{\{|\{%|\{#/.test(node.raw_code)) fail('No jinja in python model code is allowed');
  if (tokens.length === 0) return NOTHING;
  checkModel(tokens, fail);
  const calls = [...dbtCalls(tokens, fail)];
  const configCalls = calls.filter(({ word }) => word === 'config').map(({ kwargs }) => kwargs);
  const read = [...settingsRead('get', calls, fail), ...settingsRead('meta_get', calls, fail)];
  const keys = read.length === 0 ? [] : [Object.fromEntries(read)];
  const all = mergeCalls([...configCalls, ...keys]);
  return {
    ...NOTHING,
    refs: calls.filter(({ word }) => word === 'ref').map((call) => refOf(call, fail)),
    sources: calls
      .filter(({ word }) => word === 'source')
      .map(({ args }) => [String(args[0]), String(args[1])] as const),
    calls: all,
  };
}

type Fail = (message: string, line?: number) => never;

/** One function named `model` whose first argument is `dbt`. */
function checkModel(tokens: readonly PyToken[], fail: Fail): void {
  const models = tokens.flatMap((token, i) =>
    token.atStart && token.value === 'def' && tokens[i + 1]?.value === 'model' ? [i] : [],
  );
  const [first = 0] = models;
  if (models.length !== 1) fail(`dbt allows exactly one model defined per python file, found ${models.length}`);
  if (tokens[first + 3]?.value !== 'dbt') {
    fail("'dbt' not provided for model as the first argument", tokens[first]?.line);
  }
}

const WORDS = new Set(['ref', 'source', 'config']);

function* dbtCalls(tokens: readonly PyToken[], fail: Fail): Generator<DbtCall> {
  for (const [i, token] of tokens.entries()) {
    if (token.value !== 'dbt' || token.kind !== 'name' || tokens[i - 1]?.value === '.') continue;
    const [dot, word, next, deeper, open] = tokens.slice(i + 1, i + 6);
    if (dot?.value !== '.' || word === undefined || !WORDS.has(word.value)) continue;
    const isGet = word.value === 'config' && next?.value === '.' && /^(meta_)?get$/.test(deeper?.value ?? '');
    if ((isGet ? open : next)?.value !== '(') continue;
    const literals = new Literals(tokens, i + (isGet ? 6 : 4));
    try {
      yield { word: isGet ? (deeper?.value ?? '') : word.value, ...literals.call() };
    } catch (error) {
      if (!(error instanceof NoLiteral)) throw error;
      fail(
        'Error when trying to literal_eval an arg to dbt.ref(), dbt.source(), dbt.config() or dbt.config.get()',
        token.line,
      );
    }
  }
}

function refOf({ args, kwargs }: DbtCall, fail: Fail): RefArgs {
  const names = args.filter((arg) => typeof arg === 'string');
  const [first, second] = names;
  if (first === undefined || names.length !== args.length || args.length > 2)
    return fail('ref() takes one or two names');
  const version = kwargs.version ?? kwargs.v ?? null;
  return {
    name: second ?? first,
    package: second === undefined ? null : first,
    version: typeof version === 'string' || typeof version === 'number' ? version : null,
  };
}

/** The settings the code reads, with their defaults: dbt hands them to the code when it runs. */
function settingsRead(
  word: 'get' | 'meta_get',
  calls: readonly DbtCall[],
  fail: Fail,
): readonly (readonly [string, Data])[] {
  const read = calls.filter((call) => call.word === word);
  if (calls.every((call) => call.word !== 'get' && call.word !== 'meta_get')) return [];
  for (const { args } of read) {
    if (args.length === 0) fail(`dbt.config.${word}() requires at least one argument`);
    if (args.length > 2) fail(`dbt.config.${word}() takes at most 2 arguments (${args.length} given)`);
  }
  const kind = word === 'get' ? 'config' : 'meta';
  return [
    [`${kind}_keys_used`, read.map(({ args }) => args[0] ?? null)],
    [`${kind}_keys_defaults`, read.map(({ args }) => args[1] ?? null)],
  ];
}
