import { str, truth, type Value } from '../../jinja/index.ts';
import { hideSecrets } from '../../util/env-var.ts';
import { pyFunction } from '../py-function.ts';
import type { ContextEnvironment } from '../types.ts';

type Speaker = Pick<ContextEnvironment, 'emit' | 'env' | 'flags'>;

/** `log(msg, info=false)`: to the log file, with `info` to the terminal too. Secrets never. */
export function logWord({ emit, env }: Speaker): Value {
  return pyFunction('BaseContext.log', ['msg', 'info?'], (message, info = false) => {
    emit({ name: truth(info) ? 'JinjaLogInfo' : 'JinjaLogDebug', data: { msg: hideSecrets(str(message), env) } });
    return '';
  });
}

/** `print(msg)`: to stdout, even with --quiet; not with --no-print. */
export function printWord({ emit, env, flags }: Speaker): Value {
  return pyFunction('BaseContext.print', ['msg'], (message) => {
    if (flags['print'] !== false) emit({ name: 'PrintEvent', data: { msg: hideSecrets(str(message), env) } });
    return '';
  });
}
