import type { DeliveryLedger, Letter } from '../adapter/index.ts';
import { TsdbtError } from '../error/index.ts';
import type { JobDefinition } from '../jobs/index.ts';
import { namesLike } from '../util/nearest.ts';
import { connectTarget } from './database.ts';
import { openJobs } from './job-world.ts';
import { readProject } from './open-project.ts';
import type { Request } from './request.ts';
import { historyPlace } from './run-history.ts';

const SHOWN = 10_000;

/** `job deliveries [NAME]`: what was sent to services; with --dead the rows that were given up, with --again they are open once more. */
export async function jobDeliveries(request: Request, name: string | undefined): Promise<number> {
  const project = await readProject(request);
  const { jobs } = await openJobs(project);
  if (name !== undefined) checkName(jobs, name);
  const connection = await connectTarget(project, request);
  try {
    const place = historyPlace({ project, request }, connection);
    if (place === undefined) {
      throw new TsdbtError({ code: 'TSD9001', message: 'TSDBT_HISTORY=none keeps no ledger of what was sent' });
    }
    const { openLedger } = await import('../adapter/index.ts');
    const asked = { request, name, owner: { project: project.root.name, target: project.target.name } };
    const { dead, again } = request.given;
    await (dead === true || again === true ? tellDead : tellCounts)(await openLedger(place), asked);
    return 0;
  } finally {
    await connection.close();
  }
}

interface Asked {
  readonly request: Request;
  readonly name: string | undefined;
  readonly owner: { readonly project: string; readonly target: string };
}

function checkName(jobs: readonly JobDefinition[], name: string): void {
  const known = jobs.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'post' ? [step.post.name] : [])));
  if (known.includes(name)) return;
  const hint = known.length === 0 ? 'No job has a step `post`.' : namesLike(known, name);
  throw new TsdbtError({ code: 'TSD9001', message: `There is no delivery named '${name}'`, hint });
}

async function tellCounts(ledger: DeliveryLedger, { request, name, owner }: Asked): Promise<void> {
  const counts = (await ledger.counts(owner)).filter(({ delivery }) => name === undefined || delivery === name);
  const width = Math.max(0, ...counts.map(({ delivery }) => delivery.length));
  for (const count of counts) {
    const { delivery, sent, open, dead, at } = count;
    print(request, count, `${delivery.padEnd(width)}  ${sent} sent, ${open} open, ${dead} dead, last ${at} UTC`);
  }
}

async function tellDead(ledger: DeliveryLedger, { request, name, owner }: Asked): Promise<void> {
  const letters = await ledger.dead(owner, name, SHOWN);
  for (const letter of letters) print(request, letter, lineOf(letter));
  if (request.given['again'] !== true) return;
  for (const delivery of new Set(letters.map((letter) => letter.delivery))) {
    const ours = letters.filter((letter) => letter.delivery === delivery);
    await ledger.mark({ ...owner, delivery }, ours.map(reopened));
  }
  const message = `${letters.length} rows are open again: the next run of their job sends them.`;
  print(request, { reopened: letters.length }, message);
}

function reopened(letter: Letter): Letter {
  return { ...letter, state: 'open', tries: 0, reason: '' };
}

function lineOf({ delivery, key, at, tries, reason, payload }: Letter): string {
  return `${delivery}  ${key}  ${at} UTC  after ${tries} tries: ${reason}\n  ${payload}`;
}

function print({ given, emit }: Request, value: object, line: string): void {
  emit({ name: 'PrintEvent', data: { msg: given['output'] === 'json' ? JSON.stringify(value) : line } });
}
