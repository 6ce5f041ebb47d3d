/** A setting's value as templates give it. */
export type SettingText = string | number | bigint | boolean | { toString(): string };

/** `SETTINGS a=1, b='x'`; '' where there are none. A text that begins with a quote is taken to be quoted already. */
export function settingsClause(settings: ReadonlyMap<string, SettingText>): string {
  const parts = [...settings].map(([name, value]) => `${name}=${settingValue(value)}`);
  return parts.length === 0 ? '' : `SETTINGS ${parts.join(', ')}`;
}

function settingValue(value: SettingText): string {
  if (typeof value !== 'string') return String(value);
  return value.startsWith("'") ? value : `'${value.replace(/'/g, "\\'")}'`;
}

/** Settings of tables that only the MergeTree family knows. */
const MERGE_TREE_ONLY = new Set(['replicated_deduplication_window']);

/** Without those the engine does not have. @param dropped told the name of each */
export function settingsForEngine(
  settings: ReadonlyMap<string, SettingText>,
  engine: string,
  dropped: (name: string) => void,
): ReadonlyMap<string, SettingText> {
  const known = engine.includes('MergeTree');
  return new Map(
    [...settings].filter(([name]) => {
      if (known || !MERGE_TREE_ONLY.has(name)) return true;
      dropped(name);
      return false;
    }),
  );
}

/** Materializations whose tables take every insert, also one that repeats an earlier one. */
const NO_DEDUPLICATION = ['table', 'incremental', 'ephemeral', 'materialized_view'];

/** The model's settings with what the profile adds: repeated inserts are kept unless it allows their deduplication. */
export function tableSettings(
  configured: ReadonlyMap<string, SettingText>,
  materialized: string,
  allowDeduplication: boolean,
): ReadonlyMap<string, SettingText> {
  if (allowDeduplication || !NO_DEDUPLICATION.includes(materialized)) return configured;
  return configured.has('replicated_deduplication_window')
    ? configured
    : new Map<string, SettingText>([...configured, ['replicated_deduplication_window', '0']]);
}
