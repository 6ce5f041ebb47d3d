import type { Parts } from './parts.ts';

/** What is kept between parses, and a hash of everything but files that it depends on. */
export interface Keeping {
  readonly parts: Parts;
  readonly fingerprint: string;
}
