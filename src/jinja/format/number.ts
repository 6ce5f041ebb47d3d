/** Rounds as Python does: by the exact binary value, halves of it to the even digit. */
export function toFixed(value: number, digits: number): string {
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

function exponential(value: number, digits: number): string {
  const [mantissa, exponent = '+0'] = value.toExponential(Math.min(digits, 100)).split('e');
  const size = exponent.slice(1);
  return `${mantissa}e${exponent[0]}${size.padStart(2, '0')}`;
}

/** `%g`: the shorter of fixed and exponential, without trailing zeros. */
function general(value: number, precision: number, keepZeros: boolean): string {
  const digits = precision === 0 ? 1 : precision;
  if (value === 0) return keepZeros ? toFixed(value, digits - 1) : Object.is(value, -0) ? '-0' : '0';
  const exponent = Number(value.toExponential(Math.min(digits - 1, 100)).split('e')[1]);
  const scientific = exponent < -4 || exponent >= digits;
  const text = scientific ? exponential(value, digits - 1) : toFixed(value, Math.max(0, digits - 1 - exponent));
  if (keepZeros) return text;
  const [number = '', power] = text.split('e');
  const short = number.includes('.') ? number.replace(/\.?0+$/, '') : number;
  return power === undefined ? short : `${short}e${power}`;
}

/** A float in one of printf's notations. */
export function formatFixed(value: number, type: string, precision: number, alternate: boolean): string {
  const upper = type !== type.toLowerCase();
  let text: string;
  if (!Number.isFinite(value)) text = Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  else if (type === 'f' || type === 'F') text = toFixed(value, precision);
  else if (type === 'e' || type === 'E') text = exponential(value, precision);
  else text = general(value, precision, alternate);
  return upper ? text.toUpperCase() : text;
}
