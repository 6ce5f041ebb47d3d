import * as nodes from '../syntax/nodes.ts';
import type { Symbols } from './symbols.ts';

type Node = nodes.JinjaNode & { readonly typename: string };

/** Enters into `symbols` what a node that opens a scope does inside it. `branch` picks a part of a loop. */
export function analyzeScope(symbols: Symbols, node: Node, branch: 'body' | 'else' | 'test' = 'body'): void {
  const visit = (child: nodes.JinjaNode) => visitNode(symbols, child as Node);
  if (node instanceof nodes.For) {
    if (branch !== 'else') visitTarget(symbols, node.target);
    if (branch === 'test') {
      if (node.test !== null) visit(node.test);
      return;
    }
    for (const child of branch === 'body' ? node.body : node.else_) visit(child);
  } else if (node instanceof nodes.AssignBlock) node.body.forEach(visit);
  else if (node instanceof nodes.CallBlock) nodes.children(node, 'call').forEach(visit);
  else if (node instanceof nodes.With) {
    node.targets.forEach(visit);
    node.body.forEach(visit);
  } else nodes.children(node).forEach(visit);
}

/** A loop's target: its names are set by the loop itself. */
function visitTarget(symbols: Symbols, node: nodes.JinjaNode): void {
  if (node instanceof nodes.Name) symbols.parameter(node.name);
  else for (const child of nodes.children(node)) visitTarget(symbols, child);
}

/** What a node inside the scope reads and assigns; inner scopes are left alone but for what is evaluated outside them. */
function visitNode(symbols: Symbols, node: Node): void {
  const visit = (child: nodes.JinjaNode) => visitNode(symbols, child as Node);
  switch (node.typename) {
    case 'Name': {
      const { name, ctx } = node as nodes.Name;
      if (ctx === 'param') symbols.parameter(name);
      else if (ctx === 'store') symbols.store(name);
      else symbols.load(name);
      break;
    }
    case 'NSRef':
      symbols.load((node as nodes.NSRef).name);
      break;
    case 'If':
      visitIf(symbols, node as nodes.If);
      break;
    case 'Macro':
      symbols.store((node as nodes.Macro).name);
      break;
    case 'Import':
      visit((node as nodes.Import).template);
      symbols.store((node as nodes.Import).target);
      break;
    case 'FromImport':
      visit((node as nodes.FromImport).template);
      for (const [, alias] of (node as nodes.FromImport).names) symbols.store(alias);
      break;
    case 'Assign':
      visit((node as nodes.Assign).node);
      visit((node as nodes.Assign).target);
      break;
    case 'For':
      visit((node as nodes.For).iter);
      break;
    case 'CallBlock':
      visit((node as nodes.CallBlock).call);
      break;
    case 'FilterBlock':
      visit((node as nodes.FilterBlock).filter);
      break;
    case 'With':
      (node as nodes.With).values.forEach(visit);
      break;
    case 'AssignBlock':
      visit((node as nodes.AssignBlock).target);
      break;
    case 'Autoescape':
    case 'Block':
      break;
    default:
      nodes.children(node).forEach(visit);
  }
}

function visitIf(symbols: Symbols, node: nodes.If): void {
  visitNode(symbols, node.test as Node);
  const branches = [node.body, node.elif, node.else_].map((body) => {
    const branch = symbols.copy();
    for (const child of body) visitNode(branch, child as Node);
    return branch;
  });
  symbols.mergeBranches(branches);
}

/** Which of the names are read somewhere below without having been assigned before. */
export function findUndeclared(body: readonly nodes.JinjaNode[], names: readonly string[]): Set<string> {
  const undeclared = new Set<string>();
  const open = new Set(names);
  const visit = (node: nodes.JinjaNode): void => {
    if (open.size === 0 || node instanceof nodes.Block) return;
    if (node instanceof nodes.Name && open.has(node.name)) {
      if (node.ctx === 'load') undeclared.add(node.name);
      open.delete(node.name);
    } else nodes.children(node).forEach(visit);
  };
  body.forEach(visit);
  return undeclared;
}
