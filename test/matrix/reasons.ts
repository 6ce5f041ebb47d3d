/** Where tsdbt does something else than real dbt, and why. Without `lines` the whole case is left out. */
export interface Reason {
  readonly cases: RegExp;
  /** Of the differences those that are meant. */
  readonly lines?: RegExp;
  readonly why: string;
}

const whole = (why: string, ...names: readonly string[]): Reason => ({
  cases: new RegExp(`^(?:${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})$`),
  why,
});

export const REASONS: readonly Reason[] = [
  { cases: /^retry(?!.*;)/, why: 'The command before each case is docs generate, which dbt cannot retry.' },
  whole(
    'dbt stumbles over its own options: the last command was docs generate',
    'retry --state state',
    'ls; retry (after ls)',
  ),
  whole(
    'Without a server every relation is taken as absent, and compile goes on; so does docs generate until the catalog.',
    'compile --target unreachable',
    'docs generate --target unreachable',
  ),
  {
    cases: /NoSuchEvent|also: 1/,
    lines: /^exit 2, dbt 1/,
    why: 'A name that is no event is refused as any wrong value is; dbt dies of an exception of its own.',
  },
  whole(
    'dbt parses a statement of the command line first, when nothing can be asked; here it is compiled at once.',
    "compile --inline '{{ run_query('select 1').rows[0][0] }}' --no-introspect",
  ),
  whole('dbt does not say what went wrong', 'clone --state state --full-refresh'),
  whole('dbt loads the seed to show it', 'show --select raw'),
  whole('dbt wants the dates quoted', "run --sample '{start: 2026-01-01, end: 2026-01-02}'"),
  whole('dbt tells of the machine before it tells of the file that is missing', 'debug --profiles-dir seeds'),
  whole(
    'dbt dies of an exception of its own with seeds that ClickHouse reads itself; here rows are shown',
    'seed --show',
  ),
  {
    cases: /"printer_width":"wide"/,
    why: 'A width that is no number is refused; dbt formats with it as it is.',
  },
  {
    cases: /^source (?:snapshot-)?freshness/,
    lines: /^target\/sources\.json \+ \/results\[\]\/(?:error|status|unique_id)$/,
    why: 'Sources that could not be asked are in sources.json, as its schema has them; dbt 1.12 loses them.',
  },
  {
    cases: /DBT_FAVOR_STATE_MODE/,
    lines: /args\/favor_state: true, dbt "true"/,
    why: 'dbt takes the text for a truth, so that `false` would be true too.',
  },
  {
    cases: /--fail-fast$/,
    lines: /n of 15 |CANCEL|Completed with|Done\. PASS|Q011|Q022|Q007|Q012|run_results\.json\/results\/(?:3|17)/,
    why: 'Which nodes begin before dbt hears of the failure is a race between its threads.',
  },
];

/** The same of the fields of events; a line of a difference begins with `-` for dbt's and `+` for ours. */
export const FIELD_REASONS: readonly { readonly lines: RegExp; readonly why: string }[] = [
  { lines: /OsiDocument|osi_document/, why: 'dbt 1.12 writes a draft of an exchange format; no client reads it.' },
  {
    lines: /(?:msg|message)="Database Error/,
    why: 'What the database said is told without the words that dbt’s driver puts around it.',
  },
  { lines: /^[-+] DebugCmd/, why: 'What is found on a machine is another list for Python than for Node.' },
  {
    lines: /^- Node(?:Start|Compiling|Finished) .*(?:helper|ephemeral|relation_name=""|2e37fcd7)/,
    why: 'A clone has nothing to say of ephemeral models.',
  },
  {
    lines: /^[-+] (?:NodeFinished|EndRunResult) .*(?:adapter_response|run_result\.message="(?:OK)?"$)/,
    why: 'Where no statement is sent, or one for each batch, there is no answer of the database to show.',
  },
  {
    lines: /^- (?:MissingArgumentsPropertyInGenericTestDeprecation|DeprecationsSummary)/,
    why: 'Where a project cannot be read, what is wrong is told, not what is old.',
  },
];
