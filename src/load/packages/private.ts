import { TsdbtError } from '../../error/index.ts';
import type { Environment } from '../flags/environment.ts';

/** A repository that its host lets in by a token alone: `org/repo`, or `org/group/repo`. */
export interface PrivateRepository {
  readonly name: string;
  readonly provider: string | null;
}

/** One entry of DBT_ENV_PRIVATE_GIT_PROVIDER_INFO; the address has `{token}`, and may have `{repo}` and `{group}`. */
interface Provider {
  readonly org: string;
  readonly url: string;
  readonly token: string;
  readonly provider: string;
}

const AZURE = new Set(['ado', 'azure_devops', 'azure_active_directory']);

/** The address to clone: of the first provider that fits, or by SSH where none is given. Throws TSD1009. */
export function privateUrl(wanted: PrivateRepository, env: Environment): string {
  const providers = JSON.parse(env['DBT_ENV_PRIVATE_GIT_PROVIDER_INFO'] || '[]') as readonly Provider[];
  if (providers.length === 0) return sshUrl(wanted);
  const provider = providers.find((each) => fits(each, wanted));
  if (provider !== undefined) return filled(provider, wanted);
  throw problem(`No matching Git URLs for private definition ${wanted.name} with provider ${wanted.provider}`);
}

function sshUrl({ name, provider }: PrivateRepository): string {
  switch (provider ?? 'github') {
    case 'github':
      return `git@github.com:${name}.git`;
    case 'gitlab':
      return `git@gitlab.com:${name}.git`;
    case 'ado':
    case 'azure_devops':
      if (name.split('/').length >= 3) return `git@ssh.dev.azure.com:v3/${name}`;
      throw problem(`The '${provider}' provider requires org/project/repo format (3 parts), got: '${name}'`);
    default:
      throw problem(
        `Invalid private package configuration: '${name}' provider: '${provider}'. Valid providers are: github, gitlab, ado, azure_devops`,
      );
  }
}

function fits({ org, url, provider }: Provider, wanted: PrivateRepository): boolean {
  const asked = partsOf(wanted.name);
  if (org !== asked.org || (wanted.provider !== null && !isSameHost(provider, wanted.provider))) return false;
  const path = url.replace(/^[^/]*\/\/[^/]*\//, '').replace(/\.git$/, '');
  const offered = partsOf(AZURE.has(provider) ? path.replace('/_git/', '/') : path);
  if (offered.org !== asked.org) return false;
  if (offered.repo !== asked.repo && offered.repo !== '{repo}') return false;
  // Azure's older form leaves the project out.
  if (asked.group === '' && AZURE.has(provider) && provider !== 'ado' && wanted.provider !== 'ado') return true;
  return offered.group === asked.group || (asked.group !== '' && /^\{(?:group|project)\}$/.test(offered.group));
}

const isSameHost = (a: string, b: string): boolean => a === b || (AZURE.has(a) && AZURE.has(b));

function filled({ url, token }: Provider, { name }: PrivateRepository): string {
  const { group, repo } = partsOf(name);
  const values: Readonly<Record<string, string>> = { token, repo, group, project: group };
  return url.replace(/\{(token|repo|group|project)\}/g, (_, key: string) => values[key] ?? '');
}

function partsOf(name: string): { readonly org: string; readonly group: string; readonly repo: string } {
  const [org = '', ...rest] = name.split('/');
  return { org, group: rest.slice(0, -1).join('/'), repo: rest.at(-1) ?? '' };
}

function problem(message: string): TsdbtError {
  return new TsdbtError({ code: 'TSD1009', message });
}
