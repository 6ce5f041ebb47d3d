import type { NodeSession } from '../../adapter/index.ts';
import { compileUnitTest } from '../../compile/index.ts';
import { fromData, runAsync, type StatementResult, statementResult, str } from '../../context/index.ts';
import type { UnitTestNode } from '../../model/index.ts';
import type { Outcome, Running } from '../types.ts';
import { diffRows } from '../unit-diff.ts';
import { materializeCompiled } from './compiled.ts';
import { COMPILED } from './result.ts';

const SIDE = 'actual_or_expected';

/** Runs a model over the rows a unit test gives and compares what comes out, whatever its order. */
export async function runUnitTest(running: Running<UnitTestNode>, session: NodeSession): Promise<Outcome> {
  const { input } = running;
  const node = await runAsync(compileUnitTest(input.compiler, running.node, session.facade));
  running.compiled(node);
  if (input.compileOnly) return COMPILED;
  const context = await materializeCompiled(input, session, node);
  const main = statementResult(context, 'main');
  const difference =
    main === undefined ? null : diffRows(columnsOf(main), side(main, 'expected'), side(main, 'actual'));
  return {
    status: difference === null ? 'pass' : 'fail',
    message: difference === null ? null : `\n\nactual differs from expected:\n\n${difference}\n`,
    failures: difference === null ? 0 : 1,
    adapterResponse: main?.response ?? {},
  };
}

function columnsOf(main: StatementResult): string[] {
  return main.columns.filter((name) => name.toLowerCase() !== SIDE);
}

/** The rows of one side, as Python prints their cells. */
function side(main: StatementResult, wanted: 'actual' | 'expected'): string[][] {
  const at = main.columns.findIndex((name) => name.toLowerCase() === SIDE);
  return main.rows
    .filter((row) => row[at] === wanted)
    .map((row) => row.filter((_, index) => index !== at).map((cell) => (cell === null ? 'NULL' : str(fromData(cell)))));
}
