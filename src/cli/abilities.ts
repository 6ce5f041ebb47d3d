import type { ReportOptions } from '../report/index.ts';

type Frame = ReturnType<NonNullable<ReportOptions['frame']>>;

const LINKS = ['iTerm.app', 'WezTerm', 'ghostty', 'vscode', 'Hyper'];
const TASKBAR = ['iTerm.app', 'WezTerm', 'ghostty'];

/** What the terminal is known to understand beyond colours; `TSDBT_LINKS=0` and `TSDBT_TASKBAR=0` leave it out. */
export function abilitiesOf(env: NodeJS.ProcessEnv): Pick<Frame, 'unicode' | 'links' | 'taskbar'> {
  const program = env['TERM_PROGRAM'] ?? '';
  const isWindows = isSet(env['WT_SESSION']);
  const hasLinks =
    LINKS.includes(program) || isWindows || isSet(env['KITTY_WINDOW_ID']) || Number(env['VTE_VERSION']) >= 5000;
  const hasTaskbar = TASKBAR.includes(program) || isWindows || env['ConEmuANSI'] === 'ON';
  return {
    unicode: isUtf8(env),
    links: hasLinks && env['TSDBT_LINKS'] !== '0',
    taskbar: hasTaskbar && env['TSDBT_TASKBAR'] !== '0',
  };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

function isUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return process.platform === 'win32' || process.platform === 'darwin' || /utf-?8/i.test(locale);
}
