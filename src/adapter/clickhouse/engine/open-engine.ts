import { randomUUID } from 'node:crypto';
import { TsdbtError } from '../../../error/index.ts';
import { type Driver, isDatabaseError, type QueryOptions, type QueryResult } from '../driver/index.ts';
import { parseResult, RESULT_FORMAT } from '../driver/result-format.ts';
import { parseServerError, statementError } from '../driver/server-error.ts';
import type { Settings } from '../driver/types.ts';
import { makeFolder } from './folder.ts';

/** What of chdb's session is used. */
interface Session {
  query(sql: string, format: string): string;
  close(): void;
}

/**
 * ClickHouse within this process, with nothing in it: for questions about SQL, at a tenth of what a server costs for each.
 * Statements run one after another and hold up the process; bytes do not stream. Throws TSD3003.
 * @param settings hold for every statement
 */
export async function openEngine(settings: Settings = {}): Promise<Driver> {
  const folder = makeFolder();
  const session = await openSession(folder.path);
  const set = (values: Settings): void => {
    for (const [name, value] of Object.entries(values)) run(session, `set ${name} = ${literal(value)}`);
  };
  set(settings);
  const [[serverVersion]] = parseResult(run(session, 'select version()')).rows as [[string]];
  return {
    serverVersion,
    url: 'in this process',
    async query(sql: string, options: QueryOptions = {}): Promise<QueryResult> {
      set(options.settings ?? {});
      try {
        return { ...parseResult(run(session, sql)), queryId: options.queryId ?? '', summary: undefined };
      } finally {
        for (const name of Object.keys(options.settings ?? {})) {
          run(session, `set ${name} = ${name in settings ? literal(settings[name]!) : 'DEFAULT'}`);
        }
      }
    },
    insertStream: () => Promise.reject(noStreams()),
    exportStream: () => Promise.reject(noStreams()),
    running: () => [],
    kill: () => Promise.resolve(),
    cancelAll: () => Promise.resolve(),
    endSession: () => Promise.resolve(),
    async close() {
      session.close();
      folder.remove();
    },
  };
}

async function openSession(path: string): Promise<Session> {
  try {
    const chdb = await import('chdb');
    return new chdb.Session(path);
  } catch (cause) {
    throw new TsdbtError({
      code: 'TSD3003',
      message: `the ClickHouse engine cannot be loaded: ${(cause as Error).message.split('\n')[0]}`,
      hint: 'Run `npm install --include=optional`; it needs Linux or macOS on x64 (with AVX2) or arm64.',
      cause,
    });
  }
}

function run(session: Session, sql: string): string {
  try {
    return session.query(sql, RESULT_FORMAT);
  } catch (cause) {
    if (isDatabaseError(cause)) throw cause;
    const info = parseServerError((cause as Error).message, sql, randomUUID());
    if (info === undefined) throw cause;
    throw statementError(info, cause);
  }
}

function literal(value: Settings[string]): string {
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(Number(value));
}

function noStreams(): TsdbtError {
  return new TsdbtError({ code: 'TSD3001', message: 'the engine within this process has no streams' });
}
