import { setTimeout } from 'node:timers/promises';
import { TsdbtError } from '../../error/index.ts';
import { DBT_VERSION } from '../../util/versions.ts';

interface HubVersion {
  readonly name: string;
  readonly packages: readonly Readonly<Record<string, unknown>>[];
  readonly downloads: { readonly tarball: string };
  readonly require_dbt_version?: string | readonly string[];
}

interface HubPackage {
  readonly versions: Readonly<Record<string, HubVersion>>;
  /** Where the package has moved: what is missing stayed. */
  readonly redirectnamespace?: string | null;
  readonly redirectname?: string | null;
}

/** The hub of packages, asked for each package once. */
export class Hub {
  readonly #base: string;
  readonly #known = new Map<string, Promise<Readonly<Record<string, HubVersion>>>>();

  readonly #onRedirect: (before: string, now: string) => void;

  /** `onRedirect` hears of a package that goes by another name now. */
  constructor(base: string, onRedirect: (before: string, now: string) => void) {
    this.#base = base.endsWith('/') ? base : `${base}/`;
    this.#onRedirect = onRedirect;
  }

  async version(name: string, version: string): Promise<HubVersion> {
    const found = (await this.#versions(name))[version];
    if (found === undefined) throw problem(`The hub has no version ${version} of ${name}`);
    return found;
  }

  /** The newest version that all ranges and dbt's own version allow. Throws TSD1009. */
  async pick(name: string, ranges: readonly string[], prerelease: boolean, checkVersion: boolean): Promise<string> {
    const { default: satisfies } = await import('semver/functions/satisfies.js');
    const { default: rcompare } = await import('semver/functions/rcompare.js');
    const all = await this.#versions(name);
    const isWanted = prerelease || ranges.some((range) => hasPrerelease(range));
    const fits = (version: string, range: readonly string[]): boolean =>
      satisfies(hyphenated(version), range.map(hyphenated).join(' '), { includePrerelease: true });
    const usable = Object.entries(all)
      .filter(([version]) => isWanted || !hasPrerelease(version))
      .filter(([, about]) => !checkVersion || fits(DBT_VERSION, [about.require_dbt_version ?? []].flat()))
      .map(([version]) => version)
      .sort((a, b) => rcompare(hyphenated(a), hyphenated(b)));
    const found = usable.find((version) => fits(version, ranges));
    if (found !== undefined) return found;
    throw problem(
      `Could not find a matching compatible version for package ${name}\n  Requested range: ${ranges.join(', ')}\n  Compatible versions: ${JSON.stringify(usable)}`,
    );
  }

  #versions(name: string): Promise<Readonly<Record<string, HubVersion>>> {
    const known = this.#known.get(name) ?? this.#ask(name);
    this.#known.set(name, known);
    return known;
  }

  async #ask(name: string): Promise<Readonly<Record<string, HubVersion>>> {
    const bytes = await download(
      `${this.#base}api/v1/${name}.json`,
      `Package ${name} was not found in the package index`,
    );
    const about = JSON.parse(bytes.toString('utf8')) as HubPackage;
    if ('redirectnamespace' in about || 'redirectname' in about) {
      const [namespace, project] = name.split('/');
      this.#onRedirect(name, `${about.redirectnamespace || namespace}/${about.redirectname || project}`);
    }
    return about.versions;
  }
}

/** dbt writes a prerelease with and without its hyphen. */
const hyphenated = (version: string): string => version.replace(/\s+/g, '').replace(/(\.\d+)(?=[a-z])/gi, '$1-');
const hasPrerelease = (version: string): boolean => hyphenated(version).includes('-');

const TRIES = 5;

/** The bytes at an address. What fails may pass: tried five times, unless the server says that there is nothing. */
export async function download(url: string, missing: string): Promise<Buffer> {
  for (let left = TRIES - 1; ; left--) {
    let why: string;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
      if (response.ok) return Buffer.from(await response.arrayBuffer());
      if (response.status < 500) throw problem(`${missing} (${shown(url)} answered ${response.status})`);
      why = `answered ${response.status}`;
    } catch (error) {
      if (error instanceof TsdbtError) throw error;
      why = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    }
    if (left === 0) throw problem(`${shown(url)} could not be read: ${why}`);
    await setTimeout(1000);
  }
}

/** An address without a password or token in it. */
function shown(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//*****@').replace(/\?.*$/, '');
}

function problem(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1009', message });
}
