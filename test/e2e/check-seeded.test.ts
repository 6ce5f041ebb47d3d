import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Checkout, checkout } from './checkout.ts';
import { IN_SQL, IN_YAML } from './seeded-defects.ts';

const SEED = Number(process.env['TSDBT_SEED'] ?? 20_261_122);
const DEFECTS = 60;

let stir: Checkout;
/** Models no other model reads: a defect in one hides none in another. */
let leaves: readonly { readonly sql: string; readonly yml: string }[];

beforeAll(async () => {
  stir = checkout();
  await stir.run(['parse']);
  const { nodes, child_map } = JSON.parse(readFileSync(join(stir.dir, 'project/target/manifest.json'), 'utf8'));
  leaves = Object.keys(nodes)
    .filter((id) => id.startsWith('model.') && !child_map[id].some((child: string) => child.startsWith('model.')))
    .map((id) => ({ sql: nodes[id].original_file_path, yml: nodes[id].patch_path.replace(/^\w+:\/\//, '') }));
}, 60_000);
afterAll(() => stir?.remove(), 60_000);

/** Whole numbers below `n`, the same for the same seed. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

it(`finds each of ${DEFECTS} seeded defects at its place, and nothing else (TSDBT_SEED=${SEED})`, async () => {
  const pick = numbers(SEED);
  let planted = 0;
  for (let round = 0; planted < DEFECTS; round++) {
    const originals = new Map<string, string>();
    const expected: string[] = [];
    for (const { sql, yml } of leaves) {
      if (planted === DEFECTS) break;
      const inYaml = pick(3) === 0;
      const file = inYaml ? yml : sql;
      const planters = inYaml ? IN_YAML : IN_SQL;
      const text = readFileSync(join(stir.dir, file), 'utf8');
      const defect = planters[pick(planters.length)]!(text, pick);
      if (defect === undefined) continue;
      originals.set(file, text);
      writeFileSync(join(stir.dir, file), defect.text);
      const before = defect.text.slice(0, defect.offset).split('\n');
      expected.push(`${file}:${before.length}:${before.at(-1)!.length + 1} ${defect.code}`);
      planted++;
    }
    const { stdout } = await stir.run(['check', '--output', 'json']);
    const found = (
      JSON.parse(stdout).findings as { code: string; at: { file: string; line: number; col: number } }[]
    ).map(({ code, at }) => `${at.file}:${at.line}:${at.col} ${code}`);
    expect(found.sort(), `round ${round}`).toEqual(expected.sort());
    for (const [file, text] of originals) writeFileSync(join(stir.dir, file), text);
  }
}, 300_000);
