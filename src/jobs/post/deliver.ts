import type { Clock, StepOutcome, UnitResult } from '../types.ts';
import { pauseAfter, verdictOf } from './answer.ts';
import { type Answer, sendBatch } from './request.ts';
import type { Ledger, Letter, Post, Service } from './types.ts';

export interface DeliveryWorld {
  readonly ledger: Ledger;
  readonly service: Service;
  readonly clock: Clock;
  /** Aborted at a time limit or by Ctrl-C: what is open stays so for the next run. */
  readonly signal: AbortSignal;
}

/** So many batches in a row that nobody takes are the service's fault, not theirs. */
const IN_A_ROW = 3;
const TOLD_DEAD = 20;

/**
 * Sends what the run before left open, then what is new: a batch at a time, each written down before it is sent and
 * after it was taken. What a crash leaves in between is sent once more under the same idempotency key, by which the
 * service knows it. A batch that is refused is halved until the rows that are wrong stand alone, which die; one that
 * is not taken while the next one is, dies whole, since nobody knows how much of it was done.
 */
export async function deliver(post: Post, world: DeliveryWorld): Promise<StepOutcome> {
  const { ledger, clock, signal } = world;
  const began = clock.now();
  await ledger.claim();
  const course: Course = { queue: batchesOf(await ledger.open()), aside: [], dead: [], sent: 0, problem: undefined };
  let free = clock.now();
  while (course.queue.length > 0 && course.problem === undefined) {
    await clock.sleep(free - clock.now(), signal);
    if (signal.aborted) break;
    const batch = course.queue[0]!;
    free = clock.now() + (post.rate === undefined ? 0 : (batch.length / post.rate) * 1000);
    const { answer, tries } = await insist(post, world, batch);
    if (signal.aborted && verdictOf(answer.status) !== 'taken') break;
    course.queue.shift();
    const tried = batch.map((letter) => ({ ...letter, tries: letter.tries + tries }));
    await settle(ledger, course, tried, answer);
  }
  if (!signal.aborted) course.problem ??= course.aside[0]?.[0]?.reason;
  return outcomeOf(post, course, (clock.now() - began) / 1000, signal.aborted);
}

/** How far a delivery is. */
interface Course {
  readonly queue: Letter[][];
  /** Not taken, although asked for often enough. */
  readonly aside: Letter[][];
  readonly dead: Letter[];
  sent: number;
  /** Why there is no use to go on. */
  problem: string | undefined;
}

/** Writes down what became of a batch. */
async function settle(ledger: Ledger, course: Course, batch: readonly Letter[], answer: Answer): Promise<void> {
  const bury = async (letters: readonly Letter[], reason: string): Promise<void> => {
    const buried = letters.map((letter) => ({ ...letter, state: 'dead' as const, reason }));
    await ledger.mark(buried);
    course.dead.push(...buried);
  };
  switch (verdictOf(answer.status)) {
    case 'taken':
      await ledger.mark(batch.map((letter) => ({ ...letter, state: 'sent' as const, payload: '' })));
      course.sent += batch.length;
      for (const one of course.aside.splice(0)) await bury(one, `not taken while others were: ${one[0]!.reason}`);
      return;
    case 'refused': {
      if (batch.length === 1) return bury(batch, answer.text);
      const halves = halvesOf(batch);
      await ledger.mark(halves.flat());
      course.queue.unshift(...halves.map(revised));
      return;
    }
    case 'again':
      await ledger.mark(batch);
      course.aside.push(revised(batch.map((letter) => ({ ...letter, reason: answer.text }))));
      if (course.aside.length >= IN_A_ROW) course.problem = answer.text;
      return;
    case 'closed':
      course.queue.unshift([...batch]);
      course.problem = answer.text;
  }
}

/** Requests until the service has made up its mind, or the tries are over. */
async function insist(
  post: Post,
  { service, clock, signal }: DeliveryWorld,
  batch: readonly Letter[],
): Promise<{ readonly answer: Answer; readonly tries: number }> {
  for (let tries = 1; ; tries++) {
    const answer = await sendBatch(post, service, batch, signal);
    if (verdictOf(answer.status) !== 'again' || tries >= post.tries || signal.aborted) return { answer, tries };
    await clock.sleep(pauseAfter(tries, answer.retryAfter, clock.now()) * 1000, signal);
    if (signal.aborted) return { answer, tries };
  }
}

/** Letters that follow each other with one batch. */
function batchesOf(letters: readonly Letter[]): Letter[][] {
  const batches: Letter[][] = [];
  for (const letter of letters) {
    const last = batches.at(-1);
    if (last !== undefined && last[0]!.batch === letter.batch) last.push(letter);
    else batches.push([letter]);
  }
  return batches;
}

/** Each half is a batch of its own, which the service has not seen. */
function halvesOf(letters: readonly Letter[]): Letter[][] {
  const middle = Math.ceil(letters.length / 2);
  return [letters.slice(0, middle), letters.slice(middle)].map((half, i) =>
    half.map((letter) => ({ ...letter, batch: `${letter.batch}.${i + 1}` })),
  );
}

/** As the ledger has them after a mark. */
function revised(letters: readonly Letter[]): Letter[] {
  return letters.map((letter) => ({ ...letter, revision: letter.revision + 1 }));
}

function outcomeOf(post: Post, course: Course, seconds: number, isStopped: boolean): StepOutcome {
  const { sent, dead, problem } = course;
  const left = course.queue.flat().length + course.aside.flat().length;
  const ok = problem === undefined && !isStopped;
  const why = isStopped ? 'stopped' : `${post.to} does not take them: ${problem}`;
  const message = ok ? undefined : `${post.name}: ${sent} rows sent, ${left} left; ${why}`;
  const more = dead.length - TOLD_DEAD;
  const units: UnitResult[] = [
    { name: post.name, status: ok ? 'success' : 'error', seconds, rows: sent, ...(ok ? {} : { message: message! }) },
    ...dead
      .slice(0, TOLD_DEAD)
      .map(({ key, reason }): UnitResult => ({ name: key, status: 'dead', seconds: 0, message: reason })),
    ...(more > 0 ? [{ name: `${more} more`, status: 'dead', seconds: 0 }] : []),
  ];
  return { ok, units, unfinished: [], message };
}
