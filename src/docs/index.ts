export { collectSite } from './collect/site.ts';
export type { Site, SiteInput } from './collect/types.ts';
export { type SiteServer, serveSite } from './serve/serve-site.ts';
export { writeSite } from './write/write-site.ts';
