import { patternError } from './error.ts';
import { type CharTest, type Mode, type Node, type PlaceTest, widthOf } from './nodes.ts';

/** One step of the machine. Numbers named `to` and `otherwise` are steps of the program. */
export type Instruction =
  | { readonly op: 'char'; readonly code: number }
  | { readonly op: 'test'; readonly test: CharTest }
  | { readonly op: 'at'; readonly holds: PlaceTest }
  /** Goes on at `to`, and at `otherwise` where that fails. */
  | { readonly op: 'try'; to: number; otherwise: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'open' | 'close'; readonly group: number }
  | { readonly op: 'reference'; readonly group: number; readonly fold: boolean }
  | { readonly op: 'condition'; readonly group: number; otherwise: number }
  /** A repeat of one character. */
  | { readonly op: 'run'; readonly test: CharTest; readonly least: number; readonly most: number; readonly mode: Mode }
  /** Begins a repeat: its rounds are counted in a slot of their own. */
  | { readonly op: 'begin'; readonly slot: number }
  | {
      readonly op: 'again';
      readonly slot: number;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
      readonly to: number;
    }
  /** A part with a program of its own, which ends in `match`; `back`: so far before the place it begins. */
  | { readonly op: 'look'; readonly back: number; readonly negated: boolean; to: number }
  | { readonly op: 'atomic'; to: number }
  | { readonly op: 'match' };

export interface Program {
  readonly steps: readonly Instruction[];
  /** How many repeats count their rounds. */
  readonly loops: number;
}

/** The steps of a pattern. Throws where a look-behind has no fixed width. */
export function programOf(root: Node, groups: ReadonlyMap<number, Node>): Program {
  const writer = new Writer(groups);
  writer.node(root);
  writer.steps.push({ op: 'match' });
  return { steps: writer.steps, loops: writer.loops };
}

/** What the first character of every match must be; undefined where that cannot be told. */
export function firstTest({ steps }: Program): CharTest | undefined {
  for (const step of steps) {
    if (step.op === 'open') continue;
    if (step.op === 'char') return isCode(step.code);
    return step.op === 'test' || (step.op === 'run' && step.least > 0) ? step.test : undefined;
  }
  return undefined;
}

class Writer {
  readonly steps: Instruction[] = [];
  readonly #groups: ReadonlyMap<number, Node>;
  loops = 0;

  constructor(groups: ReadonlyMap<number, Node>) {
    this.#groups = groups;
  }

  node(node: Node): void {
    switch (node.kind) {
      case 'char':
        this.steps.push({ op: 'char', code: node.code });
        break;
      case 'test':
        this.steps.push({ op: 'test', test: node.test });
        break;
      case 'at':
        this.steps.push({ op: 'at', holds: node.holds });
        break;
      case 'sequence':
        for (const item of node.items) this.node(item);
        break;
      case 'choice':
        this.#choice(node.branches);
        break;
      case 'repeat':
        this.#repeat(node);
        break;
      case 'group':
        this.steps.push({ op: 'open', group: node.group });
        this.node(node.body);
        this.steps.push({ op: 'close', group: node.group });
        break;
      case 'reference':
        this.steps.push({ op: 'reference', group: node.group, fold: node.fold });
        break;
      case 'look':
        this.#look(node);
        break;
      case 'atomic':
        this.#apart({ op: 'atomic', to: 0 }, node.body);
        break;
      case 'condition':
        this.#condition(node);
    }
  }

  #choice(branches: readonly Node[]): void {
    const ends: { to: number }[] = [];
    for (const branch of branches.slice(0, -1)) {
      const fork = { op: 'try' as const, to: this.steps.length + 1, otherwise: 0 };
      this.steps.push(fork);
      this.node(branch);
      const end = { op: 'jump' as const, to: 0 };
      this.steps.push(end);
      ends.push(end);
      fork.otherwise = this.steps.length;
    }
    this.node(branches.at(-1) as Node);
    for (const end of ends) end.to = this.steps.length;
  }

  #repeat(node: Node & { kind: 'repeat' }): void {
    const { body, least, most, mode } = node;
    const test = body.kind === 'test' ? body.test : body.kind === 'char' ? isCode(body.code) : undefined;
    if (test !== undefined) this.steps.push({ op: 'run', test, least, most, mode });
    else if (mode === 'possessive') {
      this.#apart({ op: 'atomic', to: 0 }, { kind: 'repeat', body, least, most, mode: 'greedy' });
    } else {
      const slot = this.loops++;
      this.steps.push({ op: 'begin', slot });
      const enter = { op: 'jump' as const, to: 0 };
      this.steps.push(enter);
      const to = this.steps.length;
      this.node(body);
      enter.to = this.steps.length;
      this.steps.push({ op: 'again', slot, least, most, lazy: mode === 'lazy', to });
    }
  }

  #look(node: Node & { kind: 'look' }): void {
    const [low, high] = node.behind ? widthOf(node.body, this.#groups) : [0, 0];
    if (low !== high) throw patternError('look-behind requires fixed-width pattern');
    this.#apart({ op: 'look', back: low, negated: node.negated, to: 0 }, node.body);
  }

  /** The steps of a part follow the instruction; `to` is where the rest goes on. */
  #apart(instruction: Instruction & { to: number }, body: Node): void {
    this.steps.push(instruction);
    this.node(body);
    this.steps.push({ op: 'match' });
    instruction.to = this.steps.length;
  }

  #condition(node: Node & { kind: 'condition' }): void {
    const fork = { op: 'condition' as const, group: node.group, otherwise: 0 };
    this.steps.push(fork);
    this.node(node.yes);
    const end = { op: 'jump' as const, to: 0 };
    this.steps.push(end);
    fork.otherwise = this.steps.length;
    this.node(node.no);
    end.to = this.steps.length;
  }
}

function isCode(wanted: number): CharTest {
  return (code) => code === wanted;
}
