/** Python's `a + b`, by the engine's own rules. */
export { add as plus } from '../../jinja/index.ts';
