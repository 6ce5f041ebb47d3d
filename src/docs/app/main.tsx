import { render } from 'preact';
import { decodeCore } from '../format/core.ts';
import { chunk, nameChunks } from './data/chunks.ts';
import { followKeys } from './data/keys.ts';
import { modelOf } from './data/model.ts';
import { followAddress, model } from './data/store.ts';
import { followServer } from './live/follow.ts';
import { App } from './shell/app.tsx';

/** A page that cannot be shown says why: never blank. */
function showProblem(root: HTMLElement, cause: unknown): void {
  const main = document.createElement('main');
  main.className = 'plain';
  const title = document.createElement('h1');
  title.textContent = 'This documentation cannot be shown';
  const why = document.createElement('p');
  why.textContent = cause instanceof Error ? cause.message : String(cause);
  main.append(title, why);
  root.replaceChildren(main);
}

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (root === null) return;
  try {
    const core = decodeCore(await chunk('core'));
    nameChunks(core.head.chunks);
    model.value = modelOf(core);
    followAddress();
    followKeys();
    followServer();
    root.replaceChildren();
    render(<App />, root);
  } catch (cause) {
    showProblem(root, cause);
  }
}

void start();
