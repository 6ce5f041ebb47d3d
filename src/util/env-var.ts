/** Names that begin so may be read in profiles.yml and packages.yml only, and are never printed. */
export const SECRET_PREFIX = 'DBT_ENV_SECRET';

const PLACEHOLDER = /\$\$\$DBT_SECRET_START\$\$\$(.*?)\$\$\$DBT_SECRET_END\$\$\$/g;

export type EnvLookup<T> =
  | { readonly kind: 'value'; readonly value: T; readonly fromEnvironment: boolean }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * What `env_var(name, fallback)` means. `secrets` says where it is asked: in a profile a secret becomes a placeholder that
 * `fillSecrets` replaces after rendering, so that no template can work on it; everywhere else it is refused.
 */
export function lookupEnvVar<T>(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  fallback: T | null | undefined,
  secrets: 'refuse' | 'placeholder',
): EnvLookup<string | T> {
  const secret = name.startsWith(SECRET_PREFIX);
  if (secret && secrets === 'refuse') {
    const message = `Secret env vars are allowed only in profiles.yml or packages.yml. Found '${name}' referenced elsewhere.`;
    return { kind: 'refused', message };
  }
  // An environment is an object of JavaScript, whose own names are no variables.
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value !== undefined) {
    const shown = secret ? `$$$DBT_SECRET_START$$$${name}$$$DBT_SECRET_END$$$` : value;
    return { kind: 'value', value: shown, fromEnvironment: true };
  }
  if (fallback !== null && fallback !== undefined) return { kind: 'value', value: fallback, fromEnvironment: false };
  return { kind: 'missing', message: `Env var required but not provided: '${name}'` };
}

/** Puts the secrets' values where `lookupEnvVar` left placeholders. */
export function fillSecrets(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(PLACEHOLDER, (_, name: string) => env[name] ?? '');
}

/** The same text with every secret's placeholder and value replaced by `*****`: for logs. */
export function hideSecrets(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return secretHider(env)(text);
}

/** The same for many texts. */
export function secretHider(env: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(SECRET_PREFIX) && value !== undefined && value.trim() !== '' ? [value] : [],
  );
  return (text) => {
    let hidden = text.includes('$$$') ? text.replace(PLACEHOLDER, '*****') : text;
    for (const value of secrets) hidden = hidden.replaceAll(value, '*****');
    return hidden;
  };
}

/** `dbt_metadata_envs` and the manifest's `metadata.env`: variables that begin with DBT_ENV_CUSTOM_ENV_, without that beginning. */
export function metadataEnv(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const prefix = 'DBT_ENV_CUSTOM_ENV_';
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (name.startsWith(prefix) && value !== undefined) found[name.slice(prefix.length)] = value;
  return found;
}
