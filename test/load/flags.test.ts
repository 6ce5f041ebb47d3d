import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Project } from '../../src/model/index.ts';
import { shownFlags } from '../../src/util/flags.ts';
import { type Given, load, PROJECT } from './project-folder.ts';

const flagsOf = async (given: Given, flags = ''): Promise<Project['flags']> =>
  (await load({ 'dbt_project.yml': `${PROJECT}${flags}` }, given)).flags;

describe('who decides', () => {
  const flags = 'flags: {fail_fast: true, printer_width: 120, log_level: warn}\n';

  test('the default', async () => {
    expect(await flagsOf({})).toMatchObject({ fail_fast: false, printer_width: 80, partial_parse: true });
  });

  test('the project over the default', async () => {
    expect(await flagsOf({}, flags)).toMatchObject({ fail_fast: true, printer_width: 120, log_level: 'warn' });
  });

  test('DBT_X over the project, DBT_ENGINE_X over DBT_X, the command line over all', async () => {
    const env = { DBT_FAIL_FAST: '0', DBT_PRINTER_WIDTH: '90', DBT_ENGINE_PRINTER_WIDTH: '100' };
    expect(await flagsOf({ env }, flags)).toMatchObject({ fail_fast: false, printer_width: 100 });
    expect(await flagsOf({ env, options: { printer_width: '70' } }, flags)).toMatchObject({ printer_width: 70 });
  });

  test('a flag that is not the project’s is not read from it', async () => {
    expect(await flagsOf({}, 'flags: {quiet: true}\n')).toMatchObject({ quiet: false });
  });

  test('an empty variable says nothing', async () => {
    expect(await flagsOf({ env: { DBT_DEBUG: '' } })).toMatchObject({ debug: false });
  });

  test('threads and vars have no variable', async () => {
    expect(await flagsOf({ env: { DBT_THREADS: '9', DBT_VARS: '{a: 1}' } })).toMatchObject({ threads: null, vars: {} });
  });
});

describe('kinds', () => {
  test('vars is YAML', async () => {
    expect(await flagsOf({ options: { vars: '{a: 1, b: [x]}' } })).toMatchObject({ vars: { a: 1, b: ['x'] } });
    expect(await flagsOf({ options: { vars: 'key: value' } })).toMatchObject({ vars: { key: 'value' } });
  });

  test('lists come as words from the environment', async () => {
    expect(await flagsOf({ which: 'ls', env: { DBT_RESOURCE_TYPES: 'model seed' } })).toMatchObject({
      resource_types: ['model', 'seed'],
    });
  });

  test('warn_error_options takes its old names, and says that they are old', async () => {
    const text = `${PROJECT}flags: {warn_error_options: {include: all, exclude: [NothingToDo]}}\n`;
    const project = await load({ 'dbt_project.yml': text });
    expect(project.flags['warn_error_options']).toEqual({ error: 'all', warn: ['NothingToDo'], silence: [] });
    expect(project.warnings).toContainEqual({
      name: 'WEOIncludeExcludeDeprecation',
      data: { found_include: true, found_exclude: true },
    });
  });

  test('a name that is no event is refused', async () => {
    const options = { warn_error_options: '{error: [NoSuchEvent]}' };
    await expect(flagsOf({ options })).rejects.toThrow("there is no event called 'NoSuchEvent'");
  });

  test('the terminal’s setting holds for the log file too', async () => {
    const options = { log_level: 'error', log_format: 'json', log_format_file: 'text' };
    expect(await flagsOf({ options })).toMatchObject({ log_level_file: 'error', log_format_file: 'text' });
  });

  test('behaviour flags have 1.12’s defaults and are the project’s', async () => {
    const flags = await flagsOf({}, 'flags: {state_modified_compare_vars: yes}\n');
    expect(flags).toMatchObject({
      state_modified_compare_vars: true,
      validate_macro_args: true,
      use_catalogs_v2: false,
    });
  });

  test('a command has its own flags, with its own defaults', async () => {
    expect(await flagsOf({ which: 'ls' })).toMatchObject({ output: 'selector', select: [] });
    expect(await flagsOf({ which: 'show' })).toMatchObject({ output: 'text', limit: 5 });
    expect(await flagsOf({ which: 'run' })).not.toHaveProperty('output');
  });

  test.each([
    [{ printer_width: 'wide' }, "Invalid value for '--printer-width': 'wide' is not a valid integer."],
    [{ log_level: 'loud' }, "'loud' is not one of 'debug', 'info', 'warn', 'error', 'none'"],
    [{ vars: '[a]' }, 'The --vars argument must be a YAML dictionary'],
    [{ event_time_start: '2024-01-01' }, '`--event-time-end` was not'],
    [{ event_time_start: '2024-01-02', event_time_end: '2024-01-01' }, 'must be less than'],
    [{ event_time_start: 'today', event_time_end: '2024-01-01' }, 'does not match the formats'],
    [{ warn_error: true, warn_error_options: '{error: all}' }, 'not allowed with argument warn_error'],
  ])('%j is refused', async (options, message) => {
    await expect(flagsOf({ options })).rejects.toThrow(message);
  });

  test('a boolean variable must be one', async () => {
    await expect(flagsOf({ env: { DBT_QUIET: 'maybe' } })).rejects.toThrow(
      "Invalid value for 'DBT_QUIET': 'maybe' is not a valid boolean.",
    );
  });
});

describe('names of old and of nobody', () => {
  test('an old variable still counts, and says its new name', async () => {
    const project = await load(
      { 'dbt_project.yml': PROJECT },
      { env: { DBT_ARTIFACT_STATE_PATH: 's', DBT_NO_PRINT: '1' } },
    );
    expect(project.flags).toMatchObject({ state: 's', print: false });
    expect(project.warnings).toContainEqual({
      name: 'EnvironmentVariableRenamed',
      data: { old_name: 'DBT_ARTIFACT_STATE_PATH', new_name: 'DBT_ENGINE_STATE' },
    });
  });

  test('an unknown variable of the namespace is a warning', async () => {
    const project = await load(
      { 'dbt_project.yml': PROJECT },
      { env: { DBT_ENGINE_TYPO: '1', DBT_ENGINE_DEBUG: '1' } },
    );
    expect(project.warnings).toEqual([
      {
        name: 'EnvironmentVariableNamespaceDeprecation',
        data: { env_var: 'DBT_ENGINE_TYPO', reserved_prefix: 'DBT_ENGINE' },
      },
    ]);
  });

  test('do not track', async () => {
    expect(await flagsOf({ env: { DO_NOT_TRACK: '1' } })).toMatchObject({ send_anonymous_usage_stats: false });
  });
});

describe('what an invocation shows of its flags', () => {
  const expected = JSON.parse(
    readFileSync(new URL('./fixtures/invocation-args.json', import.meta.url), 'utf8'),
  ) as Record<string, Record<string, unknown>>;

  test.each(Object.keys(expected))('is what dbt shows of %s', async (which) => {
    const options = { quiet: true, use_colors: false, project_dir: '.', profiles_dir: '.' };
    const given = which === 'run' ? { ...options, full_refresh: true } : options;
    const flags = await flagsOf({ which, options: given }, 'flags: {send_anonymous_usage_stats: false}\n');
    // What the invocation itself adds, and a path of the machine that it was made on.
    const { which: _which, invocation_command: _command, log_path: _log, ...args } = expected[which] ?? {};
    const { log_path: _own, ...shown } = shownFlags(flags);
    expect(shown).toEqual(args);
  });
});
