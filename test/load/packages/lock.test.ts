import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockText, specsHash } from '../../../src/load/packages/lock.ts';
import { readSpecs } from '../../../src/load/packages/specs.ts';

// What dbt-core 1.12.6 makes of the same six entries.
const HASH = '2f8ab08a99be22f0453810b44d0fc7f8adacede4';

test('the hash of every kind of package is dbt’s', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-lock-'));
  writeFileSync(
    join(folder, 'packages.yml'),
    `packages:
  - {package: a/b, version: [">=1.0.0", "<2.0.0"]}
  - {package: a/c, version: 1.0.0}
  - {git: https://x/y.git, revision: v1}
  - {git: https://x/z.git, revision: 1.0, warn-unpinned: false, subdirectory: s}
  - {local: ../x}
  - {tarball: http://h/t.tar.gz, name: t}
`,
  );
  const specs = await readSpecs(folder, { env: {}, vars: {}, secrets: 'placeholder' });
  rmSync(folder, { recursive: true });
  expect(specsHash(specs)).toBe(HASH);
  expect(specsHash([...specs].reverse())).toBe(HASH);
  expect(specsHash(specs.slice(1))).not.toBe(HASH);
});

test('what YAML would take for a number or a word is quoted', () => {
  const text = lockText([{ git: "https://x/{{ env_var('T') }}", revision: '1234567', name: 'yes' }], 'ab');
  expect(text).toBe(
    `packages:\n  - git: "https://x/{{ env_var('T') }}"\n    name: "yes"\n    revision: "1234567"\nsha1_hash: ab\n`,
  );
});

test('a commit that begins like a number with an exponent stays as it is', () => {
  expect(lockText([{ revision: '5e139a8df74712628e0aa488cffce9920df1d2ae' }], 'ab')).toContain(
    '  - revision: 5e139a8df74712628e0aa488cffce9920df1d2ae\n',
  );
});
