/** Keeps the statements of one session in a row: the server refuses a second one while the first runs. */
export class Sessions {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` after all that was given before it for the same session; at once where there is no session. */
  run<T>(session: string | undefined, work: () => Promise<T>): Promise<T> {
    if (session === undefined) return work();
    const before = this.last.get(session) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(session, mine);
    return mine;
  }

  /** Forgets a session; false where there was none. */
  forget(session: string): boolean {
    return this.last.delete(session);
  }
}
