/** What we use of pg-copy-streams, which brings no types of its own. */
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  export function from(sql: string, options?: object): Writable & Submittable & { readonly rowCount: number };
  export function to(sql: string, options?: object): Readable & Submittable & { readonly rowCount: number };
}
