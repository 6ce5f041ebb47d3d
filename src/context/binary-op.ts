import type { PyObject } from '../jinja/index.ts';

/** The operators an object of the host may answer to. */
export type BinaryOp = Parameters<NonNullable<PyObject['pyBinary']>>[0];
