import type { NodeSession } from '../../adapter/index.ts';
import { calledAt, withMacros } from '../../compile/index.ts';
import { runAsync, statementResult } from '../../context/index.ts';
import { TsdbtError } from '../../error/index.ts';
import type { TestNode } from '../../model/index.ts';
import { fateOfWarning } from '../../util/warn-error.ts';
import type { Outcome, Running } from '../types.ts';
import { materializeCompiled } from './compiled.ts';
import { COMPILED } from './result.ts';

/** Runs a generic or singular test and judges its one row: failures, should_warn, should_error. */
export async function runDataTest(running: Running<TestNode>, session: NodeSession): Promise<Outcome> {
  const { input } = running;
  const node = await runAsync(input.compiler.compile(running.node, session.facade));
  running.compiled(node);
  if (input.compileOnly) return COMPILED;
  const context = await materializeCompiled(input, session, node);
  running.compiled(withMacros(node, calledAt(context, 1)));
  const main = statementResult(context, 'main');
  const row = main?.rows.length === 1 ? main.rows[0] : undefined;
  if (main === undefined || row === undefined || row.length !== 3) {
    throw new TsdbtError({
      code: 'TSD3005',
      message: `The test's materialization gave ${main?.rows.length ?? 0} rows of ${main?.columns.length ?? 0} columns; one row of failures, should_warn, should_error is needed`,
      at: { file: node.original_file_path, line: 1, col: 0 },
    });
  }
  const cells = new Map(main.columns.map((name, index) => [name.toLowerCase(), row[index]]));
  return judge(
    node,
    {
      failures: Number(cells.get('failures') ?? 0),
      shouldWarn: isTrue(cells.get('should_warn')),
      shouldError: isTrue(cells.get('should_error')),
    },
    main.response,
    fateOfWarning(input.compiler.input.environment.flags, 'LogTestResult') === 'raised',
  );
}

function judge(
  node: TestNode,
  row: { failures: number; shouldWarn: boolean; shouldError: boolean },
  adapterResponse: Outcome['adapterResponse'],
  warningsFail: boolean,
): Outcome {
  const { failures, shouldWarn, shouldError } = row;
  const got = `Got ${failures} result${failures === 1 ? '' : 's'}, configured to`;
  if (String(node.config['severity']).toUpperCase() === 'ERROR' && shouldError) {
    return { status: 'fail', message: `${got} fail if ${node.config['error_if']}`, failures, adapterResponse };
  }
  if (shouldWarn && warningsFail)
    return { status: 'fail', message: `${got} fail if ${node.config['warn_if']}`, failures, adapterResponse };
  if (shouldWarn)
    return { status: 'warn', message: `${got} warn if ${node.config['warn_if']}`, failures, adapterResponse };
  return { status: 'pass', message: null, failures: 0, adapterResponse };
}

/** ClickHouse says 0 and 1, other servers true, 'true' or 't'. */
function isTrue(value: unknown): boolean {
  if (typeof value === 'string') return ['true', 't', '1', 'yes', 'y', 'on'].includes(value.toLowerCase());
  return Boolean(value);
}
