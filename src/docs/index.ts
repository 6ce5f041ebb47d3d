export type { LocalServer as SiteServer } from '../util/local-server.ts';
export { collectSite } from './collect/site.ts';
export type { Site, SiteInput } from './collect/types.ts';
export { serveSite } from './serve/serve-site.ts';
export { writeSite } from './write/write-site.ts';
