import type { SyncEvent, SyncPhase } from '../types.ts';

export interface PhaseDetail {
  readonly rows?: number;
  readonly bytes?: number;
  /** Rows that are expected in all. */
  readonly total?: number;
  readonly message?: string;
}

/** Runs the phases of one sync one after the other, says when each begins and ends, and keeps their times. */
export class Phases {
  readonly seconds: Partial<Record<SyncPhase, number>> = {};
  private readonly sync: string;
  private readonly emit: (event: SyncEvent) => void;
  private readonly startedAt = performance.now();
  private lastProgress = 0;
  private phaseStart = performance.now();

  constructor(sync: string, emit: ((event: SyncEvent) => void) | undefined) {
    this.sync = sync;
    this.emit = emit ?? (() => {});
  }

  /** `detail` says what the phase did, for its last event. */
  async run<T>(phase: SyncPhase, work: () => Promise<T>, detail: (result: T) => PhaseDetail = () => ({})): Promise<T> {
    const start = performance.now();
    this.phaseStart = start;
    this.say(phase, 'start', 0);
    const result = await work();
    const seconds = (performance.now() - start) / 1000;
    this.seconds[phase] = (this.seconds[phase] ?? 0) + seconds;
    this.say(phase, 'end', seconds, detail(result));
    return result;
  }

  /** At most once a second, however often it is called. */
  progress(phase: SyncPhase, detail: PhaseDetail): void {
    const now = performance.now();
    if (now - this.lastProgress < 1000) return;
    this.lastProgress = now;
    this.say(phase, 'progress', (now - this.phaseStart) / 1000, detail);
  }

  say(phase: SyncPhase, status: SyncEvent['status'], seconds: number, detail: PhaseDetail = {}): void {
    this.emit({ sync: this.sync, phase, status, seconds, ...detail });
  }

  total(): number {
    return (performance.now() - this.startedAt) / 1000;
  }
}
