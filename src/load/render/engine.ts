import { dbtEnvironment, explainTemplateError } from '../../context/index.ts';
import { fromData, hostFunction, runSync, scopeOf, toData, Undefined, type Value } from '../../jinja/index.ts';
import type { Target } from '../../model/index.ts';
import type { Data, DataMap } from '../../util/data.ts';
import { configVar, envVar, type RenderScope } from './words.ts';

/** The template engine with the words of configuration files. */
export interface Engine {
  /** The text's value: a single expression keeps its type; in a setting what is undefined is an empty text. Throws a TsdbtError. */
  readonly render: (text: string, isSetting: boolean) => Data;
}

export function engineOf(scope: RenderScope): Engine {
  const environment = dbtEnvironment('native');
  const names = scopeOf(wordsOf(scope));
  return {
    render: (text, isSetting) => {
      try {
        const value = runSync(environment.compile(text).renderNative(names));
        return isSetting && value instanceof Undefined ? '' : toData(value);
      } catch (error) {
        throw explainTemplateError(error);
      }
    },
  };
}

function wordsOf(scope: RenderScope): Record<string, Value> {
  return {
    env_var: hostFunction('env_var', (args, kwargs) => {
      const fallback = args[1] ?? kwargs?.get('default');
      return envVar<Value>(scope, String(args[0] ?? kwargs?.get('var')), fallback);
    }),
    var: hostFunction('var', (args, kwargs) => {
      const name = String(args[0] ?? kwargs?.get('var_name'));
      if (Object.hasOwn(scope.vars, name)) return fromData(scope.vars[name] as Data);
      return configVar<Value>(scope, name, args.length > 1 ? args[1] : kwargs?.get('default'));
    }),
    ...(scope.target === undefined ? {} : { target: fromData(shownTarget(scope.target)) }),
  };
}

const SECRET = /pass(?:word|phrase)?$|secret|token|private_key|api_key/i;

/** What templates may see of the connection. */
function shownTarget(target: Target): DataMap {
  const open = Object.entries(target.credentials).filter(([key]) => !SECRET.test(key));
  return {
    ...Object.fromEntries(open),
    schema: target.schema,
    type: target.type,
    threads: target.threads,
    name: target.name,
    target_name: target.name,
    profile_name: target.profileName,
  };
}
