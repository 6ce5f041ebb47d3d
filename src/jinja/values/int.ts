/** An integer is a number while it is safe, else a bigint. Gives a bigint back as a number where that loses nothing. */
export function normalizeInt(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** An integer computed in floating point is exact only within the safe range; else it is computed again with bigints. */
export function exactInt(approximate: number, exact: () => bigint): number | bigint {
  // Adding zero turns -0, which is no integer of Python's, into 0.
  return Number.isSafeInteger(approximate) ? approximate + 0 : normalizeInt(exact());
}

const bits = (value: bigint): number => value.toString(16).length * 4;

/** The float nearest to `a / b`, which floats of the two would miss; Infinity where it is too large. */
export function nearestRatio(a: bigint, b: bigint): number {
  const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const shift = Math.max(0, 72 - bits(top) + bits(bottom));
  const scaled = top << BigInt(shift);
  // A last bit says that something is left, so that a half is not taken for exact.
  const quotient = (scaled / bottom) | (scaled % bottom === 0n ? 0n : 1n);
  const half = Math.floor(shift / 2);
  const ratio = Number(quotient) / 2 ** half / 2 ** (shift - half);
  return a < 0n === b < 0n ? ratio : -ratio;
}
