import type { Letter, Post, Service } from './types.ts';

export interface Answer {
  /** Undefined where none came. */
  readonly status: number | undefined;
  readonly retryAfter: string | null;
  /** What was said, or why nothing was, in a line without secrets. */
  readonly text: string;
}

/** More of a refusal than this is of no use to a reader. */
const SHOWN = 300;

/** One request with the rows of a batch. Never throws: what goes wrong is an answer. */
export async function sendBatch(
  { path, answer }: Pick<Post, 'path' | 'answer'>,
  service: Service,
  letters: readonly Letter[],
  signal: AbortSignal,
): Promise<Answer> {
  const url = `${service.url.replace(/\/+$/, '')}${path}`;
  const late = AbortSignal.timeout(answer * 1000);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        ...service.headers,
        'content-type': 'application/json',
        'idempotency-key': letters[0]!.batch,
      },
      body: `{"rows":[${letters.map(({ payload }) => payload).join(',')}]}`,
      // Elsewhere the headers' secrets are nobody's business.
      redirect: 'manual',
      signal: AbortSignal.any([signal, late]),
    });
    const text = await beginningOf(response);
    const { status } = response;
    return { status, retryAfter: response.headers.get('retry-after'), text: shown(`HTTP ${status} ${text}`, service) };
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string } };
    const why = late.aborted ? `no answer within ${answer} s` : (cause?.code ?? `${name}: ${message}`);
    return { status: undefined, retryAfter: null, text: shown(why, service) };
  }
}

/** A service may answer without end. */
async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > 4 * SHOWN) break;
  }
  return text;
}

/** What a service says back may hold what it was told. */
function shown(text: string, { url, headers }: Service): string {
  const { username, password, search } = new URL(url);
  const secrets = [username, password, search, ...Object.values(headers)].flatMap((value) => [
    value,
    ...value.split(' '),
  ]);
  const safe = secrets
    .filter((secret) => secret.length > 3)
    .reduce((known, secret) => known.replaceAll(secret, '*****'), text);
  return safe.replace(/\s+/g, ' ').trim().slice(0, SHOWN);
}
