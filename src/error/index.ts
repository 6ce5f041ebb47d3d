export { CODES, type ErrorCode } from './codes.ts';
export { type At, isTsdbtError, TsdbtError, type TsdbtErrorFields, throwProblems } from './tsdbt-error.ts';
