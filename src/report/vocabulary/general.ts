import { plural } from '../style.ts';
import { errorTag, num, text, type Words, warningTag } from './word.ts';

export const generalEvents: Words = {
  MainReportVersion: { code: 'A001', level: 'info', say: (d) => `Running with dbt=${text(d, 'version')}` },
  MainReportArgs: {
    code: 'A002',
    level: 'debug',
    say: (d) => `running dbt with arguments ${JSON.stringify(d['args'])}`,
  },
  FoundStats: { code: 'W006', level: 'info', say: (d) => `Found ${foundLine(d)}` },
  Formatting: { code: 'Z017', level: 'info', say: (d) => text(d, 'msg') },
  Note: { code: 'Z050', level: 'info', say: (d) => text(d, 'msg') },
  PrintEvent: { code: 'Z052', level: 'info', say: (d) => text(d, 'msg') },
  JinjaLogInfo: { code: 'I062', level: 'info', say: (d) => text(d, 'msg') },
  JinjaLogDebug: { code: 'I063', level: 'debug', say: (d) => text(d, 'msg') },
  JinjaLogWarning: { code: 'I061', level: 'warn', say: (d, s) => warningTag(s, text(d, 'msg')) },
  MainEncounteredError: {
    code: 'Z002',
    level: 'error',
    say: (d, s) => errorTag(s, `Encountered an error:\n${text(d, 'exc')}`),
  },
  MainStackTrace: { code: 'Z003', level: 'error', say: (d) => text(d, 'stack_trace') },
  MainKeyboardInterrupt: { code: 'Z001', level: 'info', say: () => 'ctrl-c' },
  CommandCompleted: {
    code: 'Q039',
    level: 'debug',
    say: (d) =>
      `Command \`${text(d, 'command')}\` ${d['success'] === true ? 'succeeded' : 'failed'} after ${num(d, 'elapsed').toFixed(2)} seconds`,
  },
  NoNodesForSelectionCriteria: {
    code: 'M030',
    level: 'warn',
    say: (d, s) => warningTag(s, `The selection criterion '${text(d, 'spec_raw')}' does not match any enabled nodes`),
  },
  NoNodesSelected: { code: 'Q038', level: 'warn', say: (_, s) => warningTag(s, 'No nodes selected!') },
  NothingToDo: {
    code: 'Q035',
    level: 'warn',
    say: (_, s) => warningTag(s, 'Nothing to do. Try checking your model configs and model specification args'),
  },
  ValidationWarning: { code: 'I009', level: 'warn', say: (d, s) => warningTag(s, text(d, 'msg')) },
  ArtifactWritten: {
    code: 'P001',
    level: 'debug',
    say: (d) => `Wrote artifact ${text(d, 'artifact_type')} to ${text(d, 'artifact_path')}`,
  },
  BuildingCatalog: { code: 'E044', level: 'info', say: () => 'Building catalog' },
  CannotGenerateDocs: {
    code: 'E043',
    level: 'info',
    say: () => 'compile failed, cannot generate docs',
  },
  CatalogWritten: { code: 'E042', level: 'info', say: (d) => `Catalog written to ${text(d, 'path')}` },
  SyncPhase: { code: 'T001', level: 'info', say: saySync },
  CheckCleanPath: { code: 'Z012', level: 'info', say: (d) => `Checking ${text(d, 'path')}/*` },
  ConfirmCleanPath: { code: 'Z013', level: 'info', say: (d) => `Cleaned ${text(d, 'path')}/*` },
  ProtectedCleanPath: {
    code: 'Z014',
    level: 'info',
    say: (d) => `ERROR: not cleaning ${text(d, 'path')}/* because it is protected`,
  },
  FinishedCleanPaths: { code: 'Z015', level: 'info', say: () => 'Finished cleaning all paths.' },
};

/** `counts` in dbt's order; what a project has none of is not named. */
function foundLine(data: Readonly<Record<string, unknown>>): string {
  const counts = data['counts'] as Readonly<Record<string, number>>;
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => plural(count, name))
    .join(', ');
}

/** Our own event: a step of a sync; the last one says what arrived. */
function saySync(data: Readonly<Record<string, unknown>>): string {
  const seconds = num(data, 'seconds').toFixed(2);
  const rows = data['rows'] === undefined ? '' : `, ${num(data, 'rows')} rows`;
  return `sync ${text(data, 'sync')}: ${text(data, 'phase')} ${text(data, 'status')}${rows} in ${seconds}s`;
}
