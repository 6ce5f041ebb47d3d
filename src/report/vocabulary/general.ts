import type { Style } from '../style.ts';
import { type EventData, errorTag, num, place, text, type Words, warningTag } from './word.ts';

export const generalEvents: Words = {
  MainReportVersion: { code: 'A001', level: 'info', say: (d) => `Running with dbt${text(d, 'version')}` },
  MainReportArgs: {
    code: 'A002',
    level: 'debug',
    say: (d) => `running dbt with arguments ${pythonDict(d['args'] as EventData)}`,
  },
  StarterProjectPath: { code: 'A017', level: 'debug', say: (d) => `Starter project path: ${text(d, 'dir')}` },
  ProfileWrittenWithSample: {
    code: 'A020',
    level: 'info',
    say: (d) => `Profile ${text(d, 'name')} written to ${text(d, 'path')}`,
  },
  SettingUpProfile: { code: 'A023', level: 'info', say: () => 'Setting up your profile.' },
  ProjectNameAlreadyExists: {
    code: 'A025',
    level: 'info',
    say: (d) => `A project called ${text(d, 'name')} already exists here.`,
  },
  ProjectCreated: {
    code: 'A026',
    level: 'info',
    say: (d) =>
      `Your new dbt project "${text(d, 'project_name')}" was created!\n` +
      `Build it: cd ${text(d, 'project_name')} && tsdbt build`,
  },
  FoundStats: { code: 'W006', level: 'info', say: (d) => `Found ${text(d, 'stat_line')}` },
  Formatting: { code: 'Z017', level: 'info', say: (d) => text(d, 'msg') },
  Note: { code: 'Z050', level: 'info', say: sayNote },
  DebugCmdOut: { code: 'Z047', level: 'info', say: (d) => text(d, 'msg') },
  DebugCmdResult: { code: 'Z048', level: 'info', say: (d) => text(d, 'msg') },
  OpenCommand: {
    code: 'Z016',
    level: 'info',
    say: (d) => `To view your profiles.yml file, run:\n\n${text(d, 'open_cmd')} ${text(d, 'profiles_dir')}`,
  },
  PrintEvent: { code: 'Z052', level: 'info', say: (d) => text(d, 'msg') },
  JinjaLogInfo: { code: 'I062', level: 'info', say: (d) => text(d, 'msg') },
  JinjaLogDebug: { code: 'I063', level: 'debug', say: (d) => text(d, 'msg') },
  MainEncounteredError: {
    code: 'Z002',
    level: 'error',
    say: (d, s) => errorTag(s, `Encountered an error:\n${text(d, 'exc')}`),
  },
  MainStackTrace: { code: 'Z003', level: 'error', say: (d) => text(d, 'stack_trace') },
  MainKeyboardInterrupt: { code: 'Z001', level: 'info', say: () => 'ctrl-c' },
  MissingProfileTarget: {
    code: 'A005',
    level: 'info',
    say: (d) => `target not specified in profile '${text(d, 'profile_name')}', using '${text(d, 'target_name')}'`,
  },
  DefaultSelector: { code: 'Q023', level: 'info', say: (d) => `Using default selector ${text(d, 'name')}` },
  UnableToPartialParse: {
    code: 'I024',
    level: 'info',
    say: (d) => `Unable to do partial parsing because ${text(d, 'reason')}`,
  },
  CommandCompleted: {
    code: 'Q039',
    level: 'debug',
    say: (d) =>
      `Command \`${text(d, 'command')}\` ${d['success'] === true ? 'succeeded' : 'failed'} at ` +
      `${text(d, 'completed_at').slice(11, -1)} after ${num(d, 'elapsed').toFixed(2)} seconds`,
  },
  ArtifactWritten: {
    code: 'P001',
    level: 'debug',
    say: (d) => `Wrote artifact ${text(d, 'artifact_type')} to ${text(d, 'artifact_path')}`,
  },
  WarnStateTargetEqual: {
    code: 'I072',
    level: 'warn',
    say: (d, s) =>
      warningTag(
        s,
        `The state and target directories are the same: '${text(d, 'state_path')}'. This could lead to missing changes due to overwritten state including non-idempotent retries.`,
      ),
  },
  DepsNoPackagesFound: {
    code: 'M013',
    level: 'info',
    say: (d) => `Warning: No packages were found in ${text(d, 'packages_filename')}`,
  },
  DepsLockUpdating: {
    code: 'M031',
    level: 'info',
    say: (d) => `Updating lock file in file path: ${text(d, 'lock_filepath')}`,
  },
  DepsAddPackage: {
    code: 'M032',
    level: 'info',
    say: (d) => `Added new package ${text(d, 'package_name')}@${text(d, 'version')} to ${text(d, 'packages_filepath')}`,
  },
  DepsFoundDuplicatePackage: {
    code: 'M033',
    level: 'info',
    say: (d) =>
      `Found duplicate package in packages.yml, removing: ${pythonDict((d['removed_package'] ?? {}) as EventData)}`,
  },
  DepsStartPackageInstall: { code: 'M014', level: 'info', say: (d) => `Installing ${text(d, 'package_name')}` },
  DepsInstallInfo: { code: 'M015', level: 'info', say: (d) => `Installed from ${text(d, 'version_name')}` },
  FreshnessCheckComplete: { code: 'Q003', level: 'info', say: () => 'Done.' },
  BuildingCatalog: { code: 'E044', level: 'info', say: () => 'Building catalog' },
  CannotGenerateDocs: {
    code: 'E043',
    level: 'info',
    say: () => 'compile failed, cannot generate docs',
  },
  CatalogWritten: { code: 'E042', level: 'info', say: (d) => `Catalog written to ${text(d, 'path')}` },
  SyncPhase: { code: 'T001', level: 'info', say: saySync },
  SyncFailed: { code: 'T002', level: 'error', say: (d, s) => errorTag(s, sayFailure(d)) },
  SyncSkipped: {
    code: 'T003',
    level: 'warn',
    say: (d, s) => warningTag(s, `sync ${text(d, 'sync')} is skipped: ${text(d, 'reason')}`),
  },
  SyncWaiting: { code: 'T004', level: 'info', say: (d) => text(d, 'message') },
  JobPhase: { code: 'T005', level: 'info', say: (d) => `job ${text(d, 'job')}: ${text(d, 'message')}` },
  /** Our own: a line more than dbt has, for people at a terminal. */
  DocsWritten: { code: 'T006', level: 'debug', say: (d) => `Documentation written to ${text(d, 'path')}` },
  CheckCleanPath: { code: 'Z012', level: 'info', say: (d) => `Checking ${text(d, 'path')}/*` },
  ConfirmCleanPath: { code: 'Z013', level: 'info', say: (d) => `Cleaned ${text(d, 'path')}/*` },
  ParsePerfInfoPath: { code: 'I010', level: 'info', say: (d) => `Performance info: ${text(d, 'path')}` },
  FinishedCleanPaths: { code: 'Z015', level: 'info', say: () => 'Finished cleaning all paths.' },
};

/** With a status it is a line of the kind that nodes have. */
function sayNote(data: EventData, style: Style): string {
  const status = text(data, 'status');
  if (status === '') return text(data, 'msg');
  const paint = status === 'ERROR' ? style.red : status === 'RUN' ? (word: string) => word : style.green;
  return style.line({ msg: text(data, 'msg'), status: paint(status), ...place(data) });
}

function sayFailure(data: EventData): string {
  const lines = [`[${text(data, 'code')}] ${text(data, 'message')}`];
  if (data['at'] !== undefined) lines.push(`  at ${text(data, 'at')}`);
  if (data['hint'] !== undefined) lines.push(`  hint: ${text(data, 'hint')}`);
  return lines.join('\n');
}

/** Our own event: a step of a sync; the last one says what arrived. */
function saySync(data: EventData): string {
  const seconds = num(data, 'seconds').toFixed(2);
  const rows = data['rows'] === undefined ? '' : `, ${num(data, 'rows')} rows`;
  const bytes = data['bytes'] === undefined ? '' : `, ${(num(data, 'bytes') / 1e6).toFixed(1)} MB`;
  const message = data['message'] === undefined ? '' : `: ${text(data, 'message')}`;
  const isOver = text(data, 'phase') === 'done';
  const what = isOver ? `${num(data, 'rows')} rows` : `${text(data, 'phase')} ${text(data, 'status')}${rows}${bytes}`;
  return `sync ${text(data, 'sync')}: ${what} in ${seconds}s${message}`;
}

function pythonDict(texts: EventData): string {
  return `{${Object.entries(texts)
    .map(([key, value]) => `'${key}': '${value}'`)
    .join(', ')}}`;
}
