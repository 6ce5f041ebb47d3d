export type { CODES, ErrorCode } from './codes.ts';
export { type At, isTsdbtError, TsdbtError, type TsdbtErrorFields } from './tsdbt-error.ts';
