import { type Data, PlainDate, WholeFloat } from '../data.ts';

const BOOLEANS = /^(?:(yes|Yes|YES|true|True|TRUE|on|On|ON)|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0b[0-1_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What PyYAML makes of a plain scalar: YAML 1.1, with its own narrower idea of floats (`1e3` is text). */
export function resolvePlain(text: string): Data {
  if (text === '') return null;
  const first = text.charCodeAt(0);
  if (isNumeric(first)) return resolveNumber(text) ?? resolveTimestamp(text) ?? text;
  switch (text) {
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    default: {
      if (text.length > 5) return text;
      const match = BOOLEANS.exec(text);
      return match === null ? text : match[1] !== undefined;
    }
  }
}

/** A digit, a sign or a dot. */
function isNumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

/** Null where the text is not a number. */
export function resolveNumber(text: string): Data {
  if (FLOAT.test(text)) return readFloat(text);
  return INTEGER.test(text) ? readInteger(text) : null;
}

/** Null where the text is neither a date nor a time. */
export function resolveTimestamp(text: string): PlainDate | null {
  const match = TIMESTAMP.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone, sign, zoneHour, zoneMinute] = match;
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (hour === undefined) return DATE.test(text) ? new PlainDate(date, 'date') : null;
  const micros = (fraction ?? '').slice(0, 6).padEnd(6, '0');
  const time = `${hour.padStart(2, '0')}:${minute}:${second}${Number(micros) === 0 ? '' : `.${micros}`}`;
  const shift =
    zone === undefined ? '' : zone === 'Z' ? '+00:00' : `${sign}${zoneHour?.padStart(2, '0')}:${zoneMinute ?? '00'}`;
  return new PlainDate(`${date} ${time}${shift}`, 'datetime');
}

function readInteger(text: string): number | bigint {
  const digits = text.replaceAll('_', '');
  const isNegative = digits.startsWith('-');
  const body = digits.replace(/^[-+]/, '');
  const value = body.includes(':') ? sexagesimal(body, BigInt) : BigInt(prefixed(body));
  const signed = isNegative ? -value : value;
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}

/** YAML 1.1 writes octal with a leading zero; JavaScript reads it with `0o`. */
function prefixed(body: string): string {
  return /^0[0-7]+$/.test(body) ? `0o${body.slice(1)}` : body;
}

function sexagesimal(body: string, read: (part: string) => bigint): bigint {
  return body.split(':').reduce((total, part) => total * 60n + read(part), 0n);
}

function readFloat(text: string): number | WholeFloat {
  const lower = text.replaceAll('_', '').toLowerCase();
  const sign = lower.startsWith('-') ? -1 : 1;
  const body = lower.replace(/^[-+]/, '');
  if (body === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (body === '.nan') return Number.NaN;
  const value = sign * body.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return Number.isInteger(value) ? new WholeFloat(value) : value;
}

/** A key of a mapping as text, which is what Python's str() makes of it. */
export function keyText(key: Data): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'None';
  if (typeof key === 'boolean') return key ? 'True' : 'False';
  if (key instanceof WholeFloat) return `${key.value}.0`;
  return key instanceof PlainDate ? key.iso : String(key);
}
