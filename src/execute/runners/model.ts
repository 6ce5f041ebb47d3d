import type { NodeSession } from '../../adapter/index.ts';
import { runAsync } from '../../context/index.ts';
import type { CompilableNode } from '../../model/index.ts';
import type { Outcome, Running } from '../types.ts';
import { materializeCompiled } from './compiled.ts';
import { COMPILED, made } from './result.ts';

/** Compiles a model or snapshot and builds it; analyses and hooks are compiled only. */
export async function runModel(running: Running<CompilableNode>, session: NodeSession): Promise<Outcome> {
  const { input } = running;
  const node = await runAsync(input.compiler.compile(running.node, session.facade));
  running.compiled(node);
  const builds = ['model', 'snapshot', 'function'].includes(node.resource_type);
  if (input.compileOnly || !builds || node.config.materialized === 'ephemeral') return COMPILED;
  return made(await materializeCompiled(input, session, node));
}
