/** The invented world that tests and comparisons share: what `expected-200.json` was made from. */
export const WORLD = '{accounts: 200, days: 60, seed: 7}';
export const HOURS = 6;
/** The moments of the two builds, `advance` between them. */
export const MOMENTS = ['2026-06-30 12:00:00', '2026-06-30 18:00:00'] as const;

export const asOf = (moment: string): string => JSON.stringify({ as_of: moment });
