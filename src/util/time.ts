/** The same without the zone, as dbt's node_info has it. */
export function localMicros(at: Date): string {
  return at.toISOString().replace('Z', '000');
}

/** `2026-11-22T19:13:50.554000Z`: ISO 8601 in UTC with microseconds, as dbt's artifacts have it. */
export function utcMicros(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}
