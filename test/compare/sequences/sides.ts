import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Entry } from '../../cluster/ddl-worker.ts';
import { BIN, runCommand } from '../../e2e/checkout.ts';
import { type Print, type Prints, printsOf, type Server } from './prints.ts';
import { HERE, type Scenario } from './scenarios.ts';

/** What a step did: its outcome, and the relations that it left otherwise than it found them. */
export interface Step {
  readonly success: boolean;
  /** `unique_id status`, sorted. */
  readonly results: readonly string[];
  /** Requests with a statement in them. */
  readonly statements: number;
  /** A relation that is gone is null. */
  readonly changed: Readonly<Record<string, Print | null>>;
}

export interface Side {
  run(scenario: Scenario): Promise<Step & { readonly sql: readonly string[]; readonly output: string }>;
  close(): void;
}

type Run = (args: readonly string[]) => Promise<{ readonly success: boolean; readonly output: string }>;

interface Tool {
  readonly run: Run;
  close(): void;
}

/** A copy of the project for one of the two tools, which sees databases of its own only. */
export function openSide(prefix: string, entry: Entry, server: Server, tool: (cwd: string, env: Env) => Tool): Side {
  const dir = mkdtempSync(join(tmpdir(), 'tsdbt-sequences-'));
  cpSync(join(HERE, 'project'), dir, { recursive: true });
  const env = {
    SEQ_PREFIX: prefix,
    SEQ_PORT: String(entry.port),
    DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
    DBT_PROFILES_DIR: dir,
  };
  const { run, close } = tool(dir, env);
  let before: Prints = {};
  return {
    async run({ args }) {
      const results = join(dir, 'target/run_results.json');
      rmSync(results, { force: true });
      entry.statements();
      const { success, output } = await run(args);
      const sql = entry.statements();
      const after = await printsOf(server, prefix);
      const changed = changes(before, after);
      before = after;
      return {
        success,
        results: existsSync(results) ? statuses(results) : [],
        statements: sql.length,
        changed,
        sql,
        output,
      };
    },
    close() {
      close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

type Env = Readonly<Record<string, string>>;

export const tsdbtTool = (cwd: string, env: Env): Tool => ({
  async run(args) {
    const { code, stdout, stderr } = await runCommand(process.execPath, [process.env['TSDBT_BIN'] ?? BIN, ...args], {
      cwd,
      env,
    });
    return { success: code === 0, output: stdout + stderr };
  },
  close() {},
});

/** Real dbt, started once: its start takes longer than most steps. */
export const dbtTool =
  (dbt: string) =>
  (cwd: string, env: Env): Tool => {
    const python = join(dirname(dbt), 'python');
    const child = spawn(python, [join(HERE, 'dbt_steps.py')], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
      async run(args) {
        child.stdin.write(`${JSON.stringify(['--no-use-colors', ...args])}\n`);
        let output = '';
        for (;;) {
          const { value: line, done } = await lines.next();
          if (done) throw new Error(`real dbt ended in ${args.join(' ')}\n${output}`);
          if (line.startsWith('@@ ')) return { success: line === '@@ true', output };
          output += `${line}\n`;
        }
      },
      close() {
        child.stdin.end();
      },
    };
  };

function statuses(file: string): string[] {
  const { results } = JSON.parse(readFileSync(file, 'utf8')) as { results: { unique_id: string; status: string }[] };
  return results.map(({ unique_id, status }) => `${unique_id} ${status}`).sort();
}

function changes(before: Prints, after: Prints): Record<string, Print | null> {
  const changed: Record<string, Print | null> = {};
  for (const name of Object.keys({ ...before, ...after })) {
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) changed[name] = after[name] ?? null;
  }
  return changed;
}
