import type { Recorded } from '../../context/index.ts';
import { type LiteralCalls, toData } from '../../jinja/index.ts';
import type { DataMap } from '../../util/data.ts';
import { mergeCalls } from '../config/merge.ts';
import type { Extraction } from './templates.ts';

export const NOTHING: Extraction = {
  refs: [],
  sources: [],
  metrics: [],
  functions: [],
  macros: [],
  calls: {},
  unrenderedCalls: {},
  envVars: [],
};

/** What the fast path read. Sources come once each, as dbt's own extractor gives them. */
export function fromLiteral(found: LiteralCalls): Extraction {
  const calls = found.configs.map(([key, value]): DataMap => ({ [key]: toData(value) }));
  const sources = new Map(found.sources.map((source) => [source.join('\0'), source]));
  const literal: DataMap = Object.assign({}, ...calls);
  return { ...NOTHING, refs: found.refs, sources: [...sources.values()], calls: mergeCalls(calls), literal };
}

/** What a rendering recorded; `before` stands for config() calls made elsewhere. */
export function fromRecorded(recorded: Recorded, before?: DataMap): Extraction {
  const calls = before === undefined ? recorded.configCalls : [before, ...recorded.configCalls];
  return {
    refs: recorded.refs.map(([packageName, name, version]) => ({ name, package: packageName, version })),
    sources: recorded.sources,
    metrics: recorded.metrics,
    functions: recorded.functions,
    macros: recorded.macros,
    calls: mergeCalls(calls),
    unrenderedCalls: Object.assign({}, ...recorded.unrenderedConfigCalls),
    envVars: recorded.envVars,
  };
}
