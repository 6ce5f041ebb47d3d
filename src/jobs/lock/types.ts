/** Who holds a job: shown to whoever finds it taken. */
export interface Holder {
  readonly runId: string;
  readonly host: string;
  readonly pid: number;
  /** When the process began, by the kernel's count, so that another process of the same number is not taken for it; null where unknown. */
  readonly born: string | null;
  /** Boot and process namespace in which `pid` counts; null where unknown. */
  readonly space: string | null;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Milliseconds since 1970: whoever does not renew before is taken for dead. */
  readonly expires: number;
  /** The same in seconds since its machine was started, which no change of the clock touches; null where nobody counts. */
  readonly uptime: number | null;
  readonly released: boolean;
}

/** A job's lock in our hands. */
export interface HeldLock {
  /** The run whose process died holding it, if that is how we came by it. */
  readonly tookOver: Holder | undefined;
  /** Puts the expiry off; false where another has taken the lock over, so that we must stop. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

export type Acquired = { readonly lock: HeldLock } | { readonly holder: Holder };

/** Never two runs of one job at once. */
export interface LockStore {
  acquire(job: string, runId: string): Promise<Acquired>;
  /** Who holds it now, dead holders left out. */
  holder(job: string): Promise<Holder | undefined>;
}
