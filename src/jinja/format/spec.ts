import { valueError } from '../errors.ts';
import { printableCode } from './number.ts';

/** A format specification, read. */
export interface Spec {
  readonly fill: string;
  readonly align: string | undefined;
  /** '', '+', '-' or ' ' as written. */
  readonly sign: string;
  /** `z`: a negative zero loses its sign. */
  readonly plainZero: boolean;
  readonly alternate: boolean;
  readonly width: number;
  readonly group: string | undefined;
  readonly precision: number | undefined;
  /** undefined where none is written. */
  readonly type: string | undefined;
}

const HEAD = /^(?:([\s\S])([<>=^])|([<>=^]))?([-+ ])?(z)?(#)?/u;
const TAIL = /^(0)?(\d+)?(,)?(_)?/;
/** Types that may be grouped by thousands; these by underscores alone. */
const GROUPED = 'deEfFgG%';
const UNDERSCORED = 'boxX';

/** Reads what stands behind the colon. `owner` is the type's name, `numeric` whether it is a number's. */
export function parseSpec(text: string, owner: string, numeric: boolean): Spec {
  const [head, fill, filled, align, sign = '', zero, alternate] = HEAD.exec(text) as unknown as string[];
  const rest = text.slice(head!.length);
  const [tail, zeroes, width, comma, underscore] = TAIL.exec(rest) as unknown as (string | undefined)[];
  let at = head!.length + tail!.length;
  if (underscore !== undefined && (comma !== undefined || text[at] === ',')) {
    throw valueError("Cannot specify both ',' and '_'.");
  }
  const precision = text[at] === '.' ? /^\d*/.exec(text.slice(at + 1))![0] : undefined;
  if (precision === '') throw valueError('Format specifier missing precision');
  if (precision !== undefined) at += 1 + precision.length;
  const type = [...text.slice(at)];
  if (type.length > 1) throw valueError(`Invalid format specifier '${text}' for object of type '${owner}'`);
  const group = comma ?? underscore;
  checkGroup(group, type[0] ?? (numeric ? 'd' : 's'));
  const padsWithZero = zeroes !== undefined && fill === undefined;
  // Where a fill is written, a zero before the width belongs to the width.
  return {
    fill: fill ?? (padsWithZero ? '0' : ' '),
    align: filled ?? align ?? (padsWithZero && numeric ? '=' : undefined),
    sign,
    plainZero: zero !== undefined,
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    group,
    precision: precision === undefined ? undefined : Number(precision),
    type: type[0],
  };
}

function checkGroup(group: string | undefined, type: string): void {
  if (group === undefined || GROUPED.includes(type) || (group === '_' && UNDERSCORED.includes(type))) return;
  throw valueError(`Cannot specify '${group}' with '${printableCode(type)}'.`);
}
