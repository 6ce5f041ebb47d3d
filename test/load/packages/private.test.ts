import { expect, test } from 'vitest';
import { privateUrl } from '../../../src/load/packages/private.ts';

const env = (...providers: readonly object[]) => ({ DBT_ENV_PRIVATE_GIT_PROVIDER_INFO: JSON.stringify(providers) });
const GITHUB = { org: 'acme', url: 'https://{token}@github.com/acme/{repo}.git', token: 't0', provider: 'github' };
const AZURE = {
  org: 'acme',
  url: 'https://{token}@dev.azure.com/acme/{project}/_git/{repo}',
  token: 't1',
  provider: 'azure_devops',
};

test.each([
  ['acme/one', null, 'https://t0@github.com/acme/one.git'],
  ['acme/one', 'azure_devops', 'https://t1@dev.azure.com/acme//_git/one'],
  ['acme/data/one', 'ado', 'https://t1@dev.azure.com/acme/data/_git/one'],
])('%s of %s', (name, provider, url) => {
  expect(privateUrl({ name, provider }, env(GITHUB, AZURE))).toBe(url);
});

test('an address for one repository is no other’s', () => {
  const own = { ...GITHUB, url: 'https://{token}@github.com/acme/one.git' };
  expect(privateUrl({ name: 'acme/one', provider: null }, env(own))).toBe('https://t0@github.com/acme/one.git');
  for (const name of ['acme/two', 'other/one', 'acme/group/one']) {
    expect(() => privateUrl({ name, provider: null }, env(own))).toThrow(
      `No matching Git URLs for private definition ${name} with provider null`,
    );
  }
});

test.each([
  ['acme/one', null, 'git@github.com:acme/one.git'],
  ['acme/sub/one', 'gitlab', 'git@gitlab.com:acme/sub/one.git'],
  ['acme/data/one', 'ado', 'git@ssh.dev.azure.com:v3/acme/data/one'],
])('without providers %s of %s is cloned by SSH', (name, provider, url) => {
  expect(privateUrl({ name, provider }, {})).toBe(url);
});

test('Azure needs its project, and other hosts are not known', () => {
  expect(() => privateUrl({ name: 'acme/one', provider: 'ado' }, {})).toThrow('requires org/project/repo format');
  expect(() => privateUrl({ name: 'acme/one', provider: 'bitbucket' }, {})).toThrow('Valid providers are');
});
