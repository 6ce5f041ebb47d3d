import type { Scope, Step, Value } from '../../jinja/index.ts';
import * as jinja from '../../jinja/index.ts';
import type { Target } from '../../model/index.ts';
import type { Data, DataMap } from '../../util/data.ts';
import { configVar, envVar, type RenderScope } from './words.ts';

/** The template engine with the words of configuration files. */
export interface Engine {
  /** The text's value: a single expression keeps its type. */
  readonly render: (text: string) => Data;
}

/** What this file asks of the template room's front door. */
interface FrontDoor {
  readonly JinjaEnvironment: new (options: {
    native: boolean;
  }) => {
    compile(text: string): { renderNative(scope: Scope): Step<Value> };
  };
  readonly hostFunction: (name: string, body: (args: readonly Value[]) => Value) => Value;
  readonly scopeOf: (names: Readonly<Record<string, Value>>) => Scope;
}

export function engineOf(scope: RenderScope): Engine {
  const { JinjaEnvironment, hostFunction, scopeOf } = jinja as unknown as FrontDoor;
  const environment = new JinjaEnvironment({ native: true });
  const words: Record<string, Value> = {
    env_var: hostFunction('env_var', ([name, fallback]) => envVar<Value>(scope, String(name), fallback)),
    var: hostFunction('var', ([name, ...rest]) => {
      const found = configVar<Value>(scope, String(name), rest.length > 0 ? rest[0] : undefined);
      return Object.hasOwn(scope.vars, String(name)) ? jinja.fromData(found as Data) : found;
    }),
  };
  if (scope.target !== undefined) words['target'] = jinja.fromData(shownTarget(scope.target));
  if (scope.projectName !== undefined) words['project_name'] = scope.projectName;
  const names = scopeOf(words);
  return { render: (text) => jinja.toData(jinja.runSync(environment.compile(text).renderNative(names))) };
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
