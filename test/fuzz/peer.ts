import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Case } from '../conformance/jinja-case.ts';
import type { Generated } from './generate.ts';

/** What Jinja2 gave; `skip` where it took too much time or memory to say. */
export type Answer = Case['expected'] & { readonly skip?: true };

const runs = (python: string, code: string): boolean => spawnSync(python, ['-c', code]).status === 0;

/**
 * A Python that has Jinja2 3.1.6: the one `TSDBT_FUZZ_PYTHON` names (with dbt in it, dbt's environment is compared too), else
 * one made outside the checkout; undefined where there is no Python.
 */
export function findPython(): string | undefined {
  const named = process.env['TSDBT_FUZZ_PYTHON'];
  const folder = process.env['TSDBT_FUZZ_VENV'] ?? '/tmp/tsdbt-jinja-venv';
  const python = named ?? `${folder}/bin/python`;
  const ready = () => existsSync(python) && runs(python, "import jinja2; assert jinja2.__version__ == '3.1.6'");
  if (ready()) return python;
  if (named !== undefined || spawnSync('python3', ['-m', 'venv', folder]).status !== 0) return undefined;
  spawnSync(python, ['-m', 'pip', 'install', '--quiet', 'jinja2==3.1.6'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return ready() ? python : undefined;
}

/** Real Jinja2, one process for all templates. */
export class Peer {
  readonly hasDbt: boolean;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string, context: unknown) {
    const script = new URL('../test/fuzz/jinja_peer.py', import.meta.url).pathname;
    this.hasDbt = runs(python, 'import dbt.context.base');
    this.#child = spawn(python, [script], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PYTHONHASHSEED: '0', PYTHONWARNINGS: 'ignore', PYTHONDONTWRITEBYTECODE: '1' },
    });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.#child.stdin!.write(`${JSON.stringify(context)}\n`);
  }

  async ask(batch: readonly Generated[]): Promise<Answer[]> {
    this.#child.stdin!.write(batch.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const answers: Answer[] = [];
    while (answers.length < batch.length) {
      const { done, value } = await this.#lines.next();
      if (done) throw new Error('the Python process ended');
      answers.push(JSON.parse(value));
    }
    return answers;
  }

  close(): void {
    this.#child.stdin!.end();
  }
}
