import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Checkout, checkout } from './checkout.ts';

interface Defect {
  readonly file: string;
  /** Text that stands in the file once, and what is put in its stead. */
  readonly change: readonly [string, string];
  readonly code: string;
  /** Text of the changed file at which the finding must begin; on another file where the blame is there. */
  readonly at: string;
  readonly atFile?: string;
  readonly says: RegExp;
}

const marts = 'models/marts';

/** One defect in each of these leaves of Stir's graph; whatever else is found is a false finding. */
const DEFECTS: readonly Defect[] = [
  {
    file: `${marts}/discovery/mart_lapsed_creators.sql`,
    change: ['    category,\n', '    categori,\n'],
    code: 'TSD4002',
    at: 'categori,',
    says: /categori.*UNKNOWN_IDENTIFIER/,
  },
  {
    file: `${marts}/collection/mart_campaign_performance.sql`,
    change: ['b.name as brand', 'b.nam as brand'],
    code: 'TSD4002',
    at: 'nam as brand',
    says: /b\.nam/,
  },
  {
    file: `${marts}/discovery/mart_category_benchmarks.sql`,
    change: ['toLowCardinality(platform)', 'toLowCardinalitee(platform)'],
    code: 'TSD4002',
    at: 'toLowCardinalitee(',
    says: /UNKNOWN_FUNCTION/,
  },
  {
    file: `${marts}/discovery/mart_country_overview.sql`,
    change: ['group by country, category', 'group by country'],
    code: 'TSD4002',
    at: 'category, count() as creators',
    says: /not under aggregate function/,
  },
  {
    file: `${marts}/orders/mart_gcc_orders.sql`,
    change: ['ifNull(i.items, 0) as items', 'toString(ifNull(i.items, 0)) as items'],
    code: 'TSD4001',
    at: 'items,\n    ifNull(i.quantity',
    says: /String, contract says UInt64/,
  },
  {
    file: `${marts}/discovery/mart_creator_keywords.sql`,
    change: ["config(order_by='", "config(order_by='keywrd, "],
    code: 'TSD4003',
    at: 'keywrd, ',
    says: /keywrd/,
  },
  {
    file: `${marts}/audience/mart_audience_coverage.sql`,
    change: ["ref('mart_instagram_account') }} as a", "ref('mart_instagram_account') }} as b"],
    code: 'TSD4002',
    at: "audience_origin = 'insights'",
    says: /a\.audience_origin/,
  },
  {
    file: `${marts}/discovery/mart_instagram_reach_daily.sql`,
    change: ["'website_clicks', 'profile_views'", "'website_click', 'profile_views'"],
    code: 'TSD4002',
    at: "website_click', ",
    says: /website_click/,
  },
  {
    file: `${marts}/other/mart_crawler_health.sql`,
    change: ['max(l.scraped_at)', 'max(l.scraped_at) - platform'],
    code: 'TSD4002',
    at: '- platform as',
    says: /ILLEGAL_TYPE/,
  },
  {
    file: `${marts}/leaderboard/mart_weekly_platform_growth.sql`,
    change: ['from compared as c', 'from from compared as c'],
    code: 'TSD4002',
    at: 'compared as c\ngroup',
    says: /Syntax error/,
  },
  {
    file: `${marts}/collection/mart_collection_profile_summary.yml`,
    change: ['name: profiles_known\n', 'name: profiles_know\n'],
    code: 'TSD4004',
    at: 'profiles_know\n',
    says: /documented|tested/,
  },
  {
    file: `${marts}/profile_stats_partial/mart_recent_stat_changes.sql`,
    change: ["order_by='profile_id'", "order_by='profile_id', engine='ReplacingMergeTree(versio)'"],
    code: 'TSD4003',
    at: 'versio)',
    says: /versio/,
  },
];

let stir: Checkout;

beforeAll(() => {
  stir = checkout();
});
afterAll(() => stir?.remove(), 60_000);

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly at: { readonly file: string; readonly line: number; readonly col: number };
}

async function findings(): Promise<{ readonly code: number | null; readonly found: readonly Finding[] }> {
  const { code, stdout } = await stir.run(['check', '--output', 'json']);
  return { code, found: JSON.parse(stdout).findings };
}

/** `file:line:col code` of a text of a file. */
function placeOf({ file, at, atFile = file }: Defect): string {
  const text = readFileSync(join(stir.dir, atFile), 'utf8');
  expect(text.split(at), `${at} stands once in ${atFile}`).toHaveLength(2);
  const before = text.slice(0, text.indexOf(at)).split('\n');
  return `${atFile}:${before.length}:${before.at(-1)!.length + 1}`;
}

describe('check of Stir', () => {
  it('finds nothing in the project as it is', async () => {
    expect(await findings()).toEqual({ code: 0, found: [] });
  }, 120_000);

  it('finds each planted defect at its place, and nothing else', async () => {
    for (const { file, change } of DEFECTS) {
      const path = join(stir.dir, file);
      const text = readFileSync(path, 'utf8');
      expect(text.split(change[0]), `${change[0]} stands once in ${file}`).toHaveLength(2);
      writeFileSync(
        path,
        text.replace(change[0], () => change[1]),
      );
    }
    const { code, found } = await findings();
    expect(code).toBe(1);
    const shown = found.map(({ code: c, at }) => `${at.file}:${at.line}:${at.col} ${c}`);
    expect(shown.sort()).toEqual(DEFECTS.map((defect) => `${placeOf(defect)} ${defect.code}`).sort());
    for (const { at, says, file, atFile = file } of DEFECTS) {
      const about = found.filter((finding) => finding.at.file === atFile).map(({ message }) => message);
      expect(about.join('\n'), at).toMatch(says);
    }
  }, 120_000);
});
