import { fromData, type Value } from '../../jinja/index.ts';
import { DBT_VERSION } from '../../util/versions.ts';
import { MacroReturn } from '../macros/return.ts';
import { modulesObject } from '../modules/index.ts';
import { pyFunction, rawFunction } from '../py-function.ts';
import type { Words } from '../scope.ts';
import type { ContextEnvironment } from '../types.ts';
import { diffOfTwoDicts, setStrictWord, setWord, zipStrictWord, zipWord } from './collections.ts';
import { FlagsObject } from './flags.ts';
import { logWord, printWord } from './log.ts';
import { startedAt } from './started-at.ts';
import { targetData } from './target.ts';
import { fromJson, fromYaml, localMd5, toJson, toYaml } from './texts.ts';

const made = new WeakMap<ContextEnvironment, Words>();

/** The words every template of dbt has, but `var` and `env_var`, which differ by place. The same for all of an invocation. */
export function baseWords(environment: ContextEnvironment): Words {
  let words = made.get(environment);
  if (!words) {
    words = makeBaseWords(environment);
    made.set(environment, words);
  }
  return words;
}

function makeBaseWords(environment: ContextEnvironment): Words {
  const { invocation, rootPackage } = environment;
  return {
    return: () => returnWord,
    fromjson: () => fromJson,
    tojson: () => toJson,
    fromyaml: () => fromYaml,
    toyaml: () => toYaml,
    set: () => setWord,
    set_strict: () => setStrictWord,
    zip: () => zipWord,
    zip_strict: () => zipStrictWord,
    diff_of_two_dicts: () => diffOfTwoDicts,
    local_md5: () => localMd5,
    log: () => logWord(environment),
    print: () => printWord(environment),
    run_started_at: () => startedAt(invocation),
    invocation_id: () => invocation.id,
    thread_id: () => 'MainThread',
    modules: () => modulesObject(clockOf(environment)),
    flags: () => new FlagsObject(environment.flags, invocation),
    dbt_version: () => DBT_VERSION,
    target: () => fromData(targetData(environment.target, environment.dialect.connectionDefaults)),
    project_name: () => rootPackage.name,
    otel_trace_id: () => pyFunction('otel_trace_id', [], () => '0'.repeat(32)),
    otel_span_id: () => pyFunction('otel_span_id', [], () => '0'.repeat(16)),
  };
}

const returnWord: Value = rawFunction('BaseContext._return', ['data'], (data) => {
  throw new MacroReturn(data);
});

/** The moment of the invocation where TSDBT_NOW sets it, else the machine's clock. */
function clockOf({ env, invocation }: ContextEnvironment): () => Date {
  return env['TSDBT_NOW'] === undefined ? () => new Date() : () => invocation.now;
}
