import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { type Engine, startEngine, stopEngine } from './engine.ts';
import { serveLeases } from './leases.ts';
import { endOrphan } from './orphan.ts';
import { residentBytes } from './os-process.ts';
import { runDir, runsDir, socketPlaces } from './paths.ts';
import { removeRecord, writeRecord } from './record.ts';
import type { LeaseHolder, Reply, Request, ServerRecord, SupervisorOptions } from './types.ts';

const LOG = (text: string): boolean => process.stderr.write(`${new Date().toISOString()} ${text.trim()}\n`);

/** Run directories of servers that were killed are swept after so long: a younger one may be starting, in vain. */
const SWEEP_AFTER_MS = 600_000;

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });

/**
 * Starts the engine, serves leases on it, and ends it some time after the last lease unless it is kept up.
 * Resolves when leases can be had; throws StartError when the engine does not start.
 */
export async function supervise(o: SupervisorOptions): Promise<Supervisor> {
  const id = randomBytes(8).toString('hex');
  let engine: Engine | undefined;
  try {
    await endOrphan(o.dataDir);
    engine = await startEngine(o, id);
    sweep(o.dataDir, id);
    const supervisor = new Supervisor(o, engine, id);
    await supervisor.open();
    return supervisor;
  } catch (error) {
    if (engine !== undefined) await stopEngine(engine);
    remove(runDir(o.dataDir, id));
    throw error;
  }
}

function sweep(dataDir: string, id: string): void {
  for (const name of readdirSync(runsDir(dataDir))) {
    const directory = runDir(dataDir, name);
    const age = Date.now() - (statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (name !== id && age > SWEEP_AFTER_MS) remove(directory);
  }
}

class Supervisor {
  /** Resolves when the engine has ended and everything of this run is cleared away. */
  readonly over: Promise<void>;
  private readonly options: SupervisorOptions;
  private readonly engine: Engine;
  private record: ServerRecord;
  private keptUp = false;
  private stopping = false;
  private lingering: NodeJS.Timeout | undefined;
  private temporary: string | undefined;

  constructor(options: SupervisorOptions, engine: Engine, id: string) {
    this.options = options;
    this.engine = engine;
    const startedAt = new Date().toISOString();
    this.record = { ...engine.address, id, socket: '', supervisorPid: process.pid, serverPid: engine.pid, startedAt };
    this.over = engine.ended.then((words) => {
      if (!this.stopping) LOG(`the server ended unasked: ${words}`);
      this.stopping = true;
      removeRecord(options.dataDir, id);
      remove(runDir(options.dataDir, id));
      if (this.temporary !== undefined) remove(this.temporary);
    });
  }

  async open(): Promise<void> {
    await this.listen();
    writeRecord(this.options.dataDir, this.record);
    this.linger();
    LOG(`server ${this.record.serverPid} at ${this.record.url}`);
  }

  private async listen(): Promise<void> {
    let refused: unknown;
    for (const { path, temporary } of socketPlaces(runDir(this.options.dataDir, this.record.id))) {
      this.temporary = temporary;
      this.record = { ...this.record, socket: path };
      try {
        await serveLeases(path, {
          answer: (request, holders) => this.answer(request, holders),
          occupied: () => clearTimeout(this.lingering),
          vacant: () => this.linger(),
        });
        return;
      } catch (error) {
        refused = error;
      }
    }
    throw refused;
  }

  /** Ends the engine in order; `over` resolves thereafter. */
  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    clearTimeout(this.lingering);
    // The record stays until the end: by it, who looks for a server from now on learns to wait for that.
    void stopEngine(this.engine);
  }

  private linger(): void {
    clearTimeout(this.lingering);
    if (!this.keptUp) this.lingering = setTimeout(() => this.stop(), this.options.lingerMs);
  }

  private answer(request: Request, leases: readonly LeaseHolder[]): Reply {
    if (this.stopping) return { ok: false };
    switch (request.op) {
      case 'lease':
        return { ok: true, op: 'lease', server: this.record };
      case 'keep':
        this.keptUp = true;
        clearTimeout(this.lingering);
        return { ok: true, op: 'keep' };
      case 'stop':
        return { ok: true, op: 'stop', stopping: this.release(request.force, leases), leases };
      case 'status': {
        const { id: _id, socket: _socket, ...shown } = this.record;
        const { keptUp } = this;
        const { dataDir } = this.options;
        const memoryBytes = residentBytes(shown.serverPid);
        return { ok: true, op: 'status', status: { ...shown, dataDir, keptUp, leases, memoryBytes } };
      }
    }
  }

  /** Stops now if nobody is at work or force is used, else after the last lease. */
  private release(force: boolean, leases: readonly LeaseHolder[]): boolean {
    this.keptUp = false;
    if (leases.length > 0 && !force) return false;
    setImmediate(() => this.stop());
    return true;
  }
}
