/** An integer is a number while it is safe, else a bigint. Gives a bigint back as a number where that loses nothing. */
export function normalizeInt(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** An integer computed in floating point is exact only within the safe range; else it is computed again with bigints. */
export function exactInt(approximate: number, exact: () => bigint): number | bigint {
  // Adding zero turns -0, which is no integer of Python's, into 0.
  return Number.isSafeInteger(approximate) ? approximate + 0 : normalizeInt(exact());
}
