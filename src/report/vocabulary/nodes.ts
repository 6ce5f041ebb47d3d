import type { NodeInfo } from '../../model/index.ts';
import type { Style } from '../style.ts';
import { type EventData, place, text, type Word, type Words } from './word.ts';

const uniqueId = (data: EventData): string => (data['node_info'] as NodeInfo).unique_id;

export const nodeEvents: Words = {
  NodeStart: { code: 'Q024', level: 'debug', say: (d) => `Began running node ${uniqueId(d)}` },
  NodeCompiling: { code: 'Q030', level: 'debug', say: (d) => `Began compiling node ${uniqueId(d)}` },
  NodeExecuting: { code: 'Q031', level: 'debug', say: (d) => `Began executing node ${uniqueId(d)}` },
  WritingInjectedSQLForNode: {
    code: 'Q029',
    level: 'debug',
    say: (d) => `Writing injected SQL for node "${uniqueId(d)}"`,
  },
  NodeFinished: { code: 'Q025', level: 'debug', say: (d) => `Finished running node ${uniqueId(d)}` },
  LogStartLine: {
    code: 'Q011',
    level: 'info',
    say: (d, s) => s.line({ msg: `START ${text(d, 'description')}`, status: 'RUN', ...place(d) }),
  },
  LogModelResult: result('Q012', 'creating', 'created', (d) => text(d, 'description')),
  LogSnapshotResult: result('Q015', 'snapshotting', 'snapshotted', (d) => text(d, 'description')),
  LogSeedResult: result('Q016', 'loading', 'loaded', (d) => `seed file ${text(d, 'schema')}.${text(d, 'relation')}`),
  LogTestResult: { code: 'Q007', level: 'info', say: sayTest },
  LogNodeResult: result('Q008', 'building', 'built', (d) => text(d, 'description')),
  LogFreshnessResult: { code: 'Q018', level: 'info', say: sayFreshness },
  LogNodeNoOpResult: {
    code: 'Q019',
    level: 'info',
    say: (d, s) => s.line({ msg: `NO-OP ${text(d, 'description')}`, status: s.yellow('NO-OP'), ...place(d) }),
  },
  LogStartBatch: {
    code: 'Q045',
    level: 'info',
    say: (d, s) => `Batch ${s.line({ msg: `START ${text(d, 'description')}`, status: 'RUN', ...batchPlace(d) })}`,
  },
  LogBatchResult: { code: 'Q046', level: 'info', say: sayBatch },
  LogHookStartLine: {
    code: 'Q032',
    level: 'info',
    say: (d, s) => s.line({ msg: `START hook: ${text(d, 'statement')}`, status: 'RUN', truncate: true, ...place(d) }),
  },
  LogHookEndLine: { code: 'Q033', level: 'info', say: sayHook },
  LogCancelLine: {
    code: 'Q022',
    level: 'error',
    say: (d, s) => s.line({ msg: `CANCEL query ${text(d, 'conn_name')}`, status: s.red('CANCEL') }),
  },
  SeedHeader: { code: 'Q004', level: 'info', say: (d) => text(d, 'header') },
  SkippingDetails: { code: 'Q034', level: 'info', say: saySkip },
  LogSkipBecauseError: {
    code: 'Z034',
    level: 'error',
    say: (d, s) =>
      s.line({
        msg: `SKIP relation ${text(d, 'schema')}.${text(d, 'relation')} due to ephemeral model status '${text(d, 'status')}'`,
        status: s.red('ERROR SKIP'),
        ...place(d),
      }),
  },
  ShowNode: { code: 'Q041', level: 'info', say: sayShown },
  CompiledNode: { code: 'Q042', level: 'info', say: sayCompiled },
};

/** The line of a node that made something: `OK created sql view model x ... [OK in 0.05s]`. */
function result(code: string, doing: string, done: string, what: (data: EventData) => string): Word {
  return {
    code,
    level: 'info',
    say(data, style) {
      const status = text(data, 'status');
      if (status === 'error') {
        return style.line({ msg: `ERROR ${doing} ${what(data)}`, status: style.red('ERROR'), ...place(data) });
      }
      if (status.toUpperCase().includes('PARTIAL SUCCESS')) {
        return style.line({
          msg: `PARTIALLY ${done} ${what(data)}`,
          status: style.yellow(status.toUpperCase()),
          ...place(data),
        });
      }
      const shown = text(data, 'result_message') || status;
      return style.line({ msg: `OK ${done} ${what(data)}`, status: style.green(shown), ...place(data) });
    },
  };
}

function batchPlace(data: EventData) {
  return place({ ...data, index: data['batch_index'], total: data['total_batches'] });
}

function sayBatch(data: EventData, style: Style): string {
  const failed = text(data, 'status') === 'error';
  const msg = `${failed ? 'ERROR creating' : 'OK created'} ${text(data, 'description')}`;
  const status = failed ? style.red('ERROR') : style.green('OK');
  return `Batch ${style.line({ msg, status, ...batchPlace(data) })}`;
}

function sayTest(data: EventData, style: Style): string {
  const status = text(data, 'status');
  const [info, paint] =
    status === 'error'
      ? ['ERROR', style.red]
      : status === 'pass'
        ? ['PASS', style.green]
        : status === 'warn'
          ? [`WARN ${text(data, 'num_failures')}`, style.yellow]
          : [`FAIL ${text(data, 'num_failures')}`, style.red];
  return style.line({ msg: `${info} ${text(data, 'name')}`, status: paint(info), ...place(data) });
}

function sayHook(data: EventData, style: Style): string {
  const status = text(data, 'status');
  const [info, paint] =
    status === 'success' ? ['OK', style.green] : status === 'skipped' ? ['SKIP', style.yellow] : ['ERROR', style.red];
  return style.line({
    msg: `${info} hook: ${text(data, 'statement')}`,
    status: paint(info),
    truncate: true,
    ...place(data),
  });
}

function saySkip(data: EventData, style: Style): string {
  const type = text(data, 'resource_type');
  const relation = ['model', 'seed', 'snapshot'].includes(type);
  const what = relation ? `relation ${text(data, 'schema')}.` : `${type} `;
  return style.line({ msg: `SKIP ${what}${text(data, 'node_name')}`, status: style.yellow('SKIP'), ...place(data) });
}

function sayFreshness(data: EventData, style: Style): string {
  const [info, paint] = FRESHNESS[text(data, 'status')] ?? ['PASS', 'green'];
  const what = `${text(data, 'source_name')}.${text(data, 'table_name')}`;
  return style.line({ msg: `${info} freshness of ${what}`, status: style[paint](info), ...place(data) });
}

const FRESHNESS: Readonly<Record<string, readonly [string, 'red' | 'yellow' | 'green']>> = {
  'runtime error': ['ERROR', 'red'],
  error: ['ERROR STALE', 'red'],
  warn: ['WARN', 'yellow'],
  pass: ['PASS', 'green'],
};

function sayShown(data: EventData): string {
  const preview = text(data, 'preview');
  if (data['output_format'] === 'json') {
    const named = data['is_inline'] === true ? {} : { node: text(data, 'node_name') };
    return JSON.stringify({ ...named, show: JSON.parse(preview) }, null, 2);
  }
  if (data['quiet'] === true) return preview;
  const what = data['is_inline'] === true ? 'inline node' : `node '${text(data, 'node_name')}'`;
  return `Previewing ${what}:\n${preview}`;
}

function sayCompiled(data: EventData): string {
  if (data['output_format'] === 'json') {
    const named = data['is_inline'] === true ? {} : { node: text(data, 'node_name') };
    return JSON.stringify({ ...named, compiled: text(data, 'compiled') }, null, 2);
  }
  if (data['quiet'] === true) return text(data, 'compiled');
  const what = data['is_inline'] === true ? 'inline node' : `node '${text(data, 'node_name')}'`;
  return `Compiled ${what} is:\n${text(data, 'compiled')}`;
}
