import { isTsdbtError, TsdbtError } from '../error/index.ts';
import { isDataMap } from '../util/data.ts';
import { readYaml } from '../util/yaml.ts';
import { inputOf } from './call-input.ts';
import { connect } from './database.ts';
import { openProject } from './open-project.ts';
import type { Request } from './request.ts';

/** `run-operation`: calls one macro of the project with a connection. */
export async function operation(request: Request, macro: string): Promise<number> {
  const text = request.given['args'];
  const args = text === undefined ? {} : readYaml(String(text), '--args').data;
  if (!isDataMap(args)) {
    throw new TsdbtError({
      code: 'TSD9001',
      message: '--args is not a mapping of argument names to values',
      hint: `Write it as YAML or JSON, for example: --args '{hours: 6}'`,
    });
  }
  const session = await openProject(request);
  const database = await connect(session);
  try {
    const { runOperation } = await import('../execute/index.ts');
    const operationInput = await inputOf(session, database);
    await runOperation(operationInput, macro, args);
    return 0;
  } catch (error) {
    const { dbtErrorText } = await import('../context/index.ts');
    request.emit({ name: 'RunningOperationCaughtError', data: { exc: dbtErrorText(error) } });
    // A macro that is not there is no failure of the operation: dbt ends with 2.
    if (isTsdbtError(error) && error.code === 'TSD1103') throw error;
    return 1;
  } finally {
    await database.close();
  }
}
