/** Loads the site's data: what lies in the page itself, else scripts beside it. `fetch` may not read files on file://, scripts may. */

type Waiting = { readonly resolve: (payload: string) => void; readonly reject: (cause: Error) => void };

const waiting = new Map<string, Waiting>();
const loaded = new Map<string, Promise<Uint8Array>>();
let hashes: Readonly<Record<string, string>> = {};

/** Chunk scripts call this. */
(globalThis as unknown as Record<string, unknown>)['T'] = (name: string, payload: string): void => {
  waiting.get(name)?.resolve(payload);
};

export function nameChunks(known: Readonly<Record<string, string>>): void {
  hashes = known;
}

export const hasChunk = (name: string): boolean => name in hashes;

/** Bytes of a chunk. Rejects with a sentence where it is missing or broken; a later call tries again. */
export function chunk(name: string): Promise<Uint8Array> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const promise = payloadOf(name).then(unpack, (cause: Error) => Promise.reject(cause));
  loaded.set(name, promise);
  promise.catch(() => loaded.delete(name));
  return promise;
}

/** A chunk of plain data. */
export async function chunkData<T>(name: string): Promise<T> {
  const bytes = await chunk(name);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    throw new Error(`site/${fileOf(name)} is damaged. Generate the documentation again, or copy the whole folder.`);
  }
}

async function payloadOf(name: string): Promise<string> {
  const inPage = document.querySelector(`script[data-chunk="${name}"]`)?.textContent;
  if (inPage != null) return inPage;
  if (!(name in hashes)) throw new Error(`This site has no part “${name}”.`);
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const end = (): void => {
      script.remove();
      waiting.delete(name);
    };
    waiting.set(name, {
      resolve: (payload) => {
        end();
        resolve(payload);
      },
      reject,
    });
    const missing = new Error(
      `site/${fileOf(name)} is missing beside this page. Copy the folder “site” with index.html, or use --static.`,
    );
    script.onerror = () => {
      end();
      reject(missing);
    };
    // A script that ran without giving its part is no part of ours.
    script.onload = () => {
      if (!waiting.has(name)) return;
      end();
      reject(new Error(`site/${fileOf(name)} is damaged. Generate the documentation again, or copy the whole folder.`));
    };
    script.src = `site/${fileOf(name)}`;
    document.head.append(script);
  });
}

const fileOf = (name: string): string => `${name}.${hashes[name]}.js`;

async function unpack(payload: string): Promise<Uint8Array> {
  try {
    const packed = Uint8Array.from(atob(payload), (sign) => sign.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Error('A part of this site is damaged. Generate the documentation again, or copy the whole folder.');
  }
}
