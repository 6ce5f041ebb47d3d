import { countStep } from '../../../jinja/index.ts';
import { foldsOf } from './characters.ts';
import type { Instruction, Program } from './program.ts';

/** Where a match may end: `whole`: only at the end; `further`: not where it began. */
export type Ending = 'any' | 'whole' | 'further';

/** What a note asks for: to go on there; there with one character less or one more; another round of a lazy repeat. */
const FORK = 0;
const GREEDY_RUN = 1;
const LAZY_RUN = 2;
const LAZY_ROUND = 3;

/** So many steps of the machine count as one step of a template. */
const STRIDE = 32;

/**
 * Python's way through a pattern: steps that may go wrong leave a note of where else to go, and what they change is noted
 * too, so that it can be taken back. Positions count characters.
 */
export class Machine {
  readonly #steps: readonly Instruction[];
  readonly #codes: ArrayLike<number>;
  readonly #end: number;
  readonly #flags: number;
  /** Start and end of each group from 1 on, the group closed last, then rounds and last place of each repeat; -1: none. */
  readonly slots: Int32Array;
  readonly #loops: number;
  /** Places to go on from, as kind, step, position, length of the trail, and a limit. */
  readonly #notes: number[] = [];
  /** Slots with their values before they were changed. */
  readonly #trail: number[] = [];
  #count = 0;
  /** The step that follows. */
  #next = 0;

  constructor(program: Program, codes: ArrayLike<number>, end: number, groups: number, flags: number) {
    this.#steps = program.steps;
    this.#codes = codes;
    this.#end = end;
    this.#flags = flags;
    this.#loops = 2 * groups + 1;
    this.slots = new Int32Array(this.#loops + 2 * program.loops);
  }

  /** The end of a match that begins at `start`, or -1. */
  match(start: number, ending: Ending): number {
    this.slots.fill(-1);
    this.#trail.length = 0;
    this.#notes.length = 0;
    return this.#run(0, start, (at) =>
      ending === 'any' ? true : ending === 'whole' ? at === this.#end : at !== start,
    );
  }

  #set(slot: number, value: number): void {
    this.#trail.push(slot, this.slots[slot] as number);
    this.slots[slot] = value;
  }

  #undo(length: number): void {
    const trail = this.#trail;
    while (trail.length > length) {
      const value = trail.pop() as number;
      this.slots[trail.pop() as number] = value;
    }
  }

  #note(kind: number, step: number, at: number, limit: number): void {
    this.#notes.push(kind, step, at, this.#trail.length, limit);
  }

  /** Runs from a step until `match`; what it leaves to be tried is forgotten then, what it set stays. */
  #run(first: number, start: number, accepts: (at: number) => boolean): number {
    const base = this.#notes.length;
    const before = this.#trail.length;
    let step = first;
    let at = start;
    for (;;) {
      if (++this.#count % STRIDE === 0) countStep();
      const instruction = this.#steps[step] as Instruction;
      if (instruction.op === 'match') {
        if (accepts(at)) {
          this.#notes.length = base;
          return at;
        }
        at = -1;
      } else {
        at = this.#advance(instruction, step, at);
        step = this.#next;
      }
      if (at >= 0) continue;
      at = this.#back(base);
      if (at < 0) {
        this.#undo(before);
        return -1;
      }
      step = this.#next;
    }
  }

  /** Goes back to the place noted last; -1 where there is none. */
  #back(base: number): number {
    const notes = this.#notes;
    if (notes.length <= base) return -1;
    const limit = notes.pop() as number;
    this.#undo(notes.pop() as number);
    const at = notes.pop() as number;
    const step = notes.pop() as number;
    const kind = notes.pop() as number;
    this.#next = step;
    if (kind === FORK) return at;
    if (kind === LAZY_ROUND) {
      this.#enter(this.#steps[step] as Instruction & { op: 'again' }, at);
      return at;
    }
    if (kind === GREEDY_RUN) {
      // A greedy run gives one character back.
      if (at - 1 > limit) this.#note(GREEDY_RUN, step, at - 1, limit);
      return at - 1;
    }
    // A lazy run takes one more.
    const run = this.#steps[step - 1] as Instruction & { op: 'run' };
    if (at >= limit || !run.test(this.#codes[at] as number)) return this.#back(base);
    this.#note(LAZY_RUN, step, at + 1, limit);
    this.#next = step;
    return at + 1;
  }

  /** One step: the new position, with the step that follows in `#next`; -1 where it fails. */
  #advance(instruction: Exclude<Instruction, { op: 'match' }>, step: number, at: number): number {
    this.#next = step + 1;
    switch (instruction.op) {
      case 'char':
        return at < this.#end && this.#codes[at] === instruction.code ? at + 1 : -1;
      case 'test':
        return at < this.#end && instruction.test(this.#codes[at] as number) ? at + 1 : -1;
      case 'at':
        return instruction.holds(this.#codes, at, this.#end) ? at : -1;
      case 'try':
        this.#note(FORK, instruction.otherwise, at, 0);
        this.#next = instruction.to;
        return at;
      case 'jump':
        this.#next = instruction.to;
        return at;
      case 'run':
        return this.#repeated(instruction, step, at);
      default:
        return this.#advanceSlowly(instruction, step, at);
    }
  }

  #advanceSlowly(instruction: Rare, step: number, at: number): number {
    switch (instruction.op) {
      case 'open':
        this.#set(2 * instruction.group - 1, at);
        return at;
      case 'close':
        this.#set(2 * instruction.group, at);
        this.#set(0, instruction.group);
        return at;
      case 'reference':
        return this.#reference(instruction.group, instruction.fold, at);
      case 'condition':
        if (!this.#took(instruction.group)) this.#next = instruction.otherwise;
        return at;
      case 'begin':
        this.#set(this.#loops + 2 * instruction.slot, -1);
        this.#set(this.#loops + 2 * instruction.slot + 1, -1);
        return at;
      case 'again':
        return this.#again(instruction, step, at);
      case 'look':
        return this.#look(instruction, step, at);
      case 'atomic': {
        const end = this.#run(step + 1, at, () => true);
        this.#next = instruction.to;
        return end;
      }
    }
  }

  #took(group: number): boolean {
    const start = this.slots[2 * group - 1] as number;
    return start >= 0 && (this.slots[2 * group] as number) >= start;
  }

  #reference(group: number, fold: boolean, at: number): number {
    if (!this.#took(group)) return -1;
    const start = this.slots[2 * group - 1] as number;
    const size = (this.slots[2 * group] as number) - start;
    if (at + size > this.#end) return -1;
    for (let i = 0; i < size; i++) {
      const [a, b] = [this.#codes[start + i] as number, this.#codes[at + i] as number];
      if (a !== b && !(fold && foldsOf(a, this.#flags).includes(b))) return -1;
    }
    return at + size;
  }

  #repeated({ test, least, most, mode }: Instruction & { op: 'run' }, step: number, at: number): number {
    const limit = Math.min(this.#end, at + most);
    const enough = mode === 'lazy' ? Math.min(limit, at + least) : limit;
    let end = at;
    while (end < enough && test(this.#codes[end] as number)) end++;
    if (end - at < least) return -1;
    if (mode === 'lazy') this.#note(LAZY_RUN, step + 1, end, limit);
    else if (mode === 'greedy' && end - at > least) this.#note(GREEDY_RUN, step + 1, end, at + least);
    this.#count += end - at;
    return end;
  }

  /** After a round of a repeat, and before the first. A round that took nothing is the last. */
  #again(instruction: Instruction & { op: 'again' }, step: number, at: number): number {
    const { least, most, lazy } = instruction;
    const slot = this.#loops + 2 * instruction.slot;
    const rounds = (this.slots[slot] as number) + 1;
    if (rounds < least) {
      this.#set(slot, rounds);
      this.#next = instruction.to;
    } else if (rounds < most && at !== this.slots[slot + 1]) {
      if (lazy) this.#note(LAZY_ROUND, step, at, 0);
      else {
        this.#note(FORK, step + 1, at, 0);
        this.#enter(instruction, at);
      }
    }
    return at;
  }

  #enter(instruction: Instruction & { op: 'again' }, at: number): void {
    const slot = this.#loops + 2 * instruction.slot;
    this.#set(slot, (this.slots[slot] as number) + 1);
    this.#set(slot + 1, at);
    this.#next = instruction.to;
  }

  #look({ back, negated, to }: Instruction & { op: 'look' }, step: number, at: number): number {
    const before = this.#trail.length;
    const found = at >= back && this.#run(step + 1, at - back, () => true) >= 0;
    if (found && negated) this.#undo(before);
    this.#next = to;
    return found === negated ? -1 : at;
  }
}

type Rare = Extract<
  Instruction,
  { op: 'open' | 'close' | 'reference' | 'condition' | 'begin' | 'again' | 'look' | 'atomic' }
>;
