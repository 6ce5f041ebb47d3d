import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { type Engine, startEngine, stopEngine } from './engine.ts';
import { serveLeases } from './leases.ts';
import { endOrphan } from './orphan.ts';
import { residentBytes } from './os-process.ts';
import { runDir, runsDir, socketPlace } from './paths.ts';
import { removeRecord, writeRecord } from './record.ts';
import type { LeaseHolder, Reply, Request, ServerRecord, SupervisorOptions } from './types.ts';

const LOG = (text: string): boolean => process.stderr.write(`${new Date().toISOString()} ${text.trim()}\n`);

/**
 * Starts the engine, serves leases on it, and ends it some time after the last lease unless it is kept up.
 * Resolves when leases can be had; throws StartError when the engine does not start.
 */
export async function supervise(o: SupervisorOptions): Promise<Supervisor> {
  const id = randomBytes(8).toString('hex');
  const remove = (path: string): void => rmSync(path, { recursive: true, force: true });
  try {
    await endOrphan(o.dataDir);
    const engine = await startEngine(o, id);
    // The engine has the directory's lock now, so no other run is alive here.
    for (const old of readdirSync(runsDir(o.dataDir))) if (old !== id) remove(runDir(o.dataDir, old));
    const { path, temporary } = socketPlace(runDir(o.dataDir, id));
    const supervisor = new Supervisor(o, engine, {
      ...engine.address,
      id,
      socket: path,
      supervisorPid: process.pid,
      serverPid: engine.pid,
      startedAt: new Date().toISOString(),
    });
    await supervisor.open();
    void supervisor.over.then(() => {
      remove(runDir(o.dataDir, id));
      if (temporary !== undefined) remove(temporary);
    });
    return supervisor;
  } catch (error) {
    remove(runDir(o.dataDir, id));
    throw error;
  }
}

class Supervisor {
  /** Resolves when the engine has ended. */
  readonly over: Promise<void>;
  private readonly options: SupervisorOptions;
  private readonly engine: Engine;
  private readonly record: ServerRecord;
  private keptUp = false;
  private stopping = false;
  private lingering: NodeJS.Timeout | undefined;

  constructor(options: SupervisorOptions, engine: Engine, record: ServerRecord) {
    this.options = options;
    this.engine = engine;
    this.record = record;
    this.over = engine.ended.then((words) => {
      if (!this.stopping) LOG(`the server ended unasked: ${words}`);
      this.stopping = true;
      removeRecord(options.dataDir, record.id);
    });
  }

  async open(): Promise<void> {
    await serveLeases(this.record.socket, {
      answer: (request, holders) => this.answer(request, holders),
      occupied: () => clearTimeout(this.lingering),
      vacant: () => this.linger(),
    });
    writeRecord(this.options.dataDir, this.record);
    this.linger();
    LOG(`server ${this.record.serverPid} at ${this.record.url}`);
  }

  /** Ends the engine in order; `over` resolves thereafter. */
  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    clearTimeout(this.lingering);
    // First the record: who looks for a server from now on shall wait for the end of this one.
    removeRecord(this.options.dataDir, this.record.id);
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
