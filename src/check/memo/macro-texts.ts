import type { MacroNode } from '../../model/index.ts';
import { fingerprint } from './memo.ts';

/**
 * Words whose value is another in each run, or that the database answers: what a template makes with them cannot be told
 * from the template and the nodes it reads.
 */
const CHANGING =
  /\b(?:run_started_at|invocation_id|modules|graph|selected_resources|dbt_metadata_envs|thread_id|env_var|flags|run_query|statement|load_result|get_columns_in_relation|load_relation|load_cached_relation|invocation_args_dict|adapter\.(?!dispatch\b))/;

/** Asks whether the model's own table is there, which is known here. */
const ASKS_FOR_ITSELF = 'is_incremental';

export interface MacroTexts {
  /** Of macros and all that they call; undefined where the same call may give other text tomorrow. */
  fingerprintOf(ids: readonly string[]): string | undefined;
  /** Whether a node's own code gives the same text for the same inputs. */
  isSteady(code: string): boolean;
}

/** The texts of macros with those of what they call. */
export function macroTexts(macros: Readonly<Record<string, MacroNode>>): MacroTexts {
  const known = new Map<string, string | undefined>();
  return { fingerprintOf, isSteady };

  function fingerprintOf(ids: readonly string[]): string | undefined {
    const all = [...new Set(ids)].sort().map(one);
    return all.includes(undefined) ? undefined : fingerprint(all);
  }

  function one(id: string): string | undefined {
    if (known.has(id)) return known.get(id);
    // A macro that calls itself is what it is without that call.
    known.set(id, '');
    const macro = macros[id];
    const made = macro === undefined ? '' : ofMacro(macro);
    known.set(id, made);
    return made;
  }

  function ofMacro({ name, macro_sql, depends_on }: MacroNode): string | undefined {
    if (name === ASKS_FOR_ITSELF) return name;
    if (!isSteady(macro_sql)) return undefined;
    const behind = fingerprintOf(depends_on.macros);
    return behind === undefined ? undefined : fingerprint(macro_sql, behind);
  }
}

function isSteady(code: string): boolean {
  return !CHANGING.test(code);
}
