import { describe, expect, it } from 'vitest';
import { fillSecrets, hideSecrets, lookupEnvVar, metadataEnv } from '../../src/context/index.ts';

const env = {
  TOWN: 'Rome',
  EMPTY: '',
  DBT_ENV_SECRET_PW: 'p$1w',
  DBT_ENV_SECRET_BLANK: ' ',
  DBT_ENV_CUSTOM_ENV_RUN: '7',
};

describe('an environment variable', () => {
  it('is its value, else the default, else missing', () => {
    expect(lookupEnvVar(env, 'TOWN', 'x', 'refuse')).toEqual({ kind: 'value', value: 'Rome', fromEnvironment: true });
    expect(lookupEnvVar(env, 'EMPTY', 'x', 'refuse')).toEqual({ kind: 'value', value: '', fromEnvironment: true });
    expect(lookupEnvVar(env, 'GONE', 5, 'refuse')).toEqual({ kind: 'value', value: 5, fromEnvironment: false });
    for (const nothing of [null, undefined])
      expect(lookupEnvVar(env, 'GONE', nothing, 'refuse')).toEqual({
        kind: 'missing',
        message: "Env var required but not provided: 'GONE'",
      });
  });

  it('is refused outside of profiles when it is a secret, even with a default', () => {
    expect(lookupEnvVar(env, 'DBT_ENV_SECRET_PW', 'x', 'refuse')).toMatchObject({ kind: 'refused' });
    expect(lookupEnvVar({}, 'DBT_ENV_SECRET_PW', 'x', 'refuse')).toMatchObject({ kind: 'refused' });
  });

  it('stays a placeholder in a profile until rendering is done', () => {
    const found = lookupEnvVar(env, 'DBT_ENV_SECRET_PW', null, 'placeholder');
    expect(found).toEqual({
      kind: 'value',
      value: '$$$DBT_SECRET_START$$$DBT_ENV_SECRET_PW$$$DBT_SECRET_END$$$',
      fromEnvironment: true,
    });
    const text = found.kind === 'value' ? `a ${found.value} b` : '';
    expect(fillSecrets(text, env)).toBe('a p$1w b');
    expect(hideSecrets(text, env)).toBe('a ***** b');
  });

  it('never shows in a log when it is a secret', () => {
    expect(hideSecrets('connecting with p$1w and more', env)).toBe('connecting with ***** and more');
    expect(hideSecrets('a b', { DBT_ENV_SECRET_BLANK: ' ' })).toBe('a b');
  });

  it('goes into the metadata of artifacts by its prefix', () => {
    expect(metadataEnv(env)).toEqual({ RUN: '7' });
  });
});
