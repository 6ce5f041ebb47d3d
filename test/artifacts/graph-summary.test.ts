import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeGraphSummary } from '../../src/artifacts/index.ts';

test('nodes by number, with the numbers of those that read them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-summary-'));
  try {
    writeGraphSummary(folder, 'id-1', {
      linked: {
        nodes: [
          ['model.p.a', 'model', ['model.p.b', 'test.p.t']],
          ['model.p.b', 'model', []],
          ['test.p.t', 'test', []],
        ],
      },
    });
    expect(JSON.parse(readFileSync(join(folder, 'graph_summary.json'), 'utf8'))).toEqual({
      _invocation_id: 'id-1',
      linked: {
        0: { name: 'model.p.a', type: 'model', succ: [1, 2] },
        1: { name: 'model.p.b', type: 'model' },
        2: { name: 'test.p.t', type: 'test' },
      },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
