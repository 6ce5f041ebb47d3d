/** Rounds as Python does: by the exact binary value, halves of it to the even digit. */
export function toFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (digits <= 100 && Math.abs(value) < 1e21) {
    const text = value.toFixed(digits);
    return Number.isInteger(value * 2 ** 10) ? exactFixed(value, digits) : text;
  }
  return exactFixed(value, digits);
}

/** Exact decimal arithmetic on the binary value. */
function exactFixed(value: number, digits: number): string {
  const negative = value < 0 || Object.is(value, -0);
  let mantissa = Math.abs(value);
  let exponent = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  const scale = 2n ** BigInt(-exponent);
  const scaled = BigInt(mantissa) * 10n ** BigInt(digits);
  let quotient = scaled / scale;
  const twice = (scaled % scale) * 2n;
  if (twice > scale || (twice === scale && quotient % 2n === 1n)) quotient++;
  const text = quotient.toString().padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return (negative ? '-' : '') + (digits === 0 ? whole : `${whole}.${text.slice(-digits)}`);
}

function exponential(value: number, digits: number, keepPoint: boolean): string {
  const [mantissa = '', exponent = '+0'] = value.toExponential(Math.min(digits, 100)).split('e');
  const sign = Object.is(value, -0) ? '-' : '';
  const size = exponent.slice(1);
  return `${sign}${mantissa}${keepPoint && digits === 0 ? '.' : ''}e${exponent[0]}${size.padStart(2, '0')}`;
}

function fixed(value: number, digits: number, keepPoint: boolean): string {
  return `${toFixed(value, digits)}${keepPoint && digits === 0 ? '.' : ''}`;
}

/** `%g`: the shorter of fixed and exponential, without trailing zeros. Fixed has at most `most` digits before the point. */
function general(value: number, precision: number, keepZeros: boolean, most = precision): string {
  const digits = precision === 0 ? 1 : precision;
  const exponent = value === 0 ? 0 : Number(value.toExponential(Math.min(digits - 1, 100)).split('e')[1]);
  const scientific = exponent < -4 || exponent >= most;
  const text = scientific
    ? exponential(value, digits - 1, keepZeros)
    : fixed(value, Math.max(0, digits - 1 - exponent), keepZeros);
  if (keepZeros) return text;
  const [number = '', power] = text.split('e');
  const short = number.includes('.') ? number.replace(/\.?0+$/, '') : number;
  return power === undefined ? short : `${short}e${power}`;
}

function notFinite(value: number): string {
  return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
}

/** A float in one of printf's notations. */
export function formatFixed(value: number, type: string, precision: number, alternate: boolean): string {
  const upper = type !== type.toLowerCase();
  let text: string;
  if (!Number.isFinite(value)) text = notFinite(value);
  else if (type === 'f' || type === 'F') text = fixed(value, precision, alternate);
  else if (type === 'e' || type === 'E') text = exponential(value, precision, alternate);
  else text = general(value, precision, alternate, precision === 0 ? 1 : precision);
  return upper ? text.toUpperCase() : text;
}

/** A float with a precision and no notation: as `%g`, but with a digit behind the point where it has no exponent. */
export function formatShort(value: number, precision: number, alternate: boolean): string {
  if (!Number.isFinite(value)) return notFinite(value);
  const text = general(value, precision, alternate, Math.max(precision, 1) - 1);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A character of a format as error messages show it. */
export function printableCode(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code > 32 && code < 128 ? char : `\\x${code.toString(16)}`;
}
