export interface PostOptions {
  readonly method?: 'POST' | 'PUT';
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Tries in all; the pause before the n-th is n seconds. */
  readonly tries?: number;
  readonly timeoutMs?: number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Sends text to a URL: tried again where that may help, limited in time. Gives the problem, without the URL, which may be a secret; undefined when it arrived. */
export async function post(url: string, options: PostOptions): Promise<string | undefined> {
  const { method = 'POST', contentType, body, headers: more, tries = 3, timeoutMs = 10_000, sleep } = options;
  let problem: string | undefined;
  for (let attempt = 1; attempt <= tries; attempt++) {
    if (attempt > 1) await sleep(attempt * 1000);
    try {
      const headers = { ...more, 'content-type': contentType };
      const answer = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) });
      await answer.arrayBuffer();
      if (answer.ok) return undefined;
      problem = `HTTP ${answer.status}`;
      if (answer.status < 500 && answer.status !== 429) return problem;
    } catch (error) {
      const { name, cause } = error as Error & { cause?: { code?: string } };
      problem = name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : (cause?.code ?? name);
    }
  }
  return problem;
}
