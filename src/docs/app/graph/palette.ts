import type { Palette } from './paint.ts';

const NAMES = [
  'bg',
  'panel',
  'raised',
  'line',
  'line-strong',
  'edge',
  'text',
  'soft',
  'accent',
  'good',
  'bad',
  'warn',
  'skip',
  't-source',
  't-seed',
  't-model',
  't-snapshot',
  't-exposure',
  't-sync',
  't-metric',
  't-test',
  't-macro',
  't-other',
];

/** The style's colours, as the canvas needs them. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [`--${name}`, style.getPropertyValue(`--${name}`).trim()]));
}
