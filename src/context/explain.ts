import { type At, isTsdbtError, TsdbtError } from '../error/index.ts';
import { JinjaError, type TemplateFrame } from '../jinja/index.ts';
import { templateColumn } from '../util/template-column.ts';
import { macrosOf } from './macros/trace.ts';
import { type ProblemKind, TemplateProblem } from './problem.ts';

/** Whose template it was, as dbt's texts name it. */
export interface Owner {
  readonly resource_type?: string;
  readonly name?: string;
  readonly original_file_path?: string;
}

const UNDEFINED_HINT =
  'This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".';
const SYNTAX_HINT = 'Correct the template there; what the line before leaves open is often the cause.';

/** Any error of a template as one a person can read: with the innermost line known, and what to do where we know it. */
export function explainTemplateError(error: unknown, file?: string): TsdbtError {
  const frames = framesOf(error);
  const at = placeOf(frames, file, error instanceof Error ? error.message : '');
  // Syntax is wrong where it stands, not where somebody called for it.
  const own = error instanceof JinjaError && error.isA('TemplateSyntaxError') && error.file !== undefined;
  if (error instanceof JinjaError) return fromEngine(error, own ? lineOf(error, file) : (at ?? lineOf(error, file)));
  if (!isTsdbtError(error)) throw error;
  if (error.at || !at) return error;
  return new TsdbtError({ code: error.code, message: error.message, at, hint: error.hint, cause: error });
}

const owners = new WeakMap<object, Owner>();

/** Gives an error of a template that is rendered for another, such as an input of a unit test, its own owner. */
export function withOwner(error: unknown, owner: Owner): unknown {
  if (typeof error === 'object' && error !== null) owners.set(error, owner);
  return error;
}

/** dbt's own text of an error: `Compilation Error in model x (models/x.sql)`, the message, the macros it came through. */
export function dbtErrorText(error: unknown, asked?: Owner): string {
  const owner = owners.get(error as object) ?? asked;
  const message = error instanceof Error ? error.message : String(error);
  // As in dbt, what the database refused is told without the macros that asked.
  const macros = kindOf(error) === 'Compilation' ? macrosOf(rootOf(error)) : [];
  const stack = [...macros, ...(owner ? [owner] : [])];
  const trail = stack.map((who, i) => `> ${i === 0 ? 'in' : 'called by'} ${nameOf(who)}`);
  const lines = [...message.split('\n'), ...(stack.length > 1 ? ['', ...trail] : [])];
  const title = `${kindOf(error)} Error${owner ? ` in ${nameOf(owner)}` : ''}`;
  const text = [title, ...lines.map((line) => `  ${line}`)].join('\n');
  return isUndefinedError(rootOf(error)) ? `${text}. ${UNDEFINED_HINT}` : text;
}

/** The same of an operation: its macro is named where a macro of the project said what is wrong. */
export function operationErrorText(error: unknown, macro: Owner | undefined): string {
  const root = rootOf(error);
  // As in dbt, a macro that is called with the wrong words, or meets a word that is not there, has not said so itself.
  const isOwn = !(root instanceof JinjaError && (root.isA('TypeError') || root.isA('UndefinedError')));
  const isFromMacro = kindOf(error) === 'Compilation' && macrosOf(root).length > (isOwn ? 0 : 1);
  return dbtErrorText(error, isFromMacro ? macro : undefined);
}

function fromEngine(error: JinjaError, at: At | undefined): TsdbtError {
  const syntax = error.isA('TemplateSyntaxError');
  const general = isUndefinedError(error) ? UNDEFINED_HINT : syntax ? SYNTAX_HINT : undefined;
  const hint = [error.hint ?? general, trailOf(error)].filter(Boolean).join('\n  ') || undefined;
  return new TsdbtError({ code: syntax ? 'TSD2001' : 'TSD2002', message: error.message, at, hint, cause: error });
}

/** The macros the error came through, with their places; undefined where it stands in the file itself. */
function trailOf({ templateFrames }: JinjaError): string | undefined {
  const frames = templateFrames.filter(({ file }) => file !== undefined);
  if (frames.length < 2) return undefined;
  const places = frames.map(
    ({ macro, file, line }) =>
      `${macro === undefined ? '' : `macro ${macro.replace(/^dbt_macro__/, '')} in `}${file}:${line}`,
  );
  return `Called through ${places.join(', by ')}.`;
}

function isUndefinedError(error: unknown): boolean {
  return error instanceof JinjaError && error.isA('UndefinedError');
}

function framesOf(error: unknown): readonly TemplateFrame[] {
  return error instanceof JinjaError || error instanceof TemplateProblem ? error.templateFrames : [];
}

function placeOf(frames: readonly TemplateFrame[], file: string | undefined, message: string): At | undefined {
  const frame = frames.find((f) => f.file !== undefined) ?? frames[0];
  const where = frame?.file ?? file;
  if (frame === undefined || where === undefined) return undefined;
  return { file: where, line: frame.line, col: templateColumn(frame.text ?? '', message) };
}

function lineOf(error: JinjaError, file: string | undefined): At | undefined {
  const where = error.file ?? file;
  return error.line !== undefined && where !== undefined ? { file: where, line: error.line, col: 0 } : undefined;
}

function kindOf(error: unknown): ProblemKind {
  const root = rootOf(error);
  if (root instanceof TemplateProblem) return root.kind;
  if (root instanceof JinjaError) return 'Compilation';
  if (!isTsdbtError(root)) return 'Runtime';
  if (root.code === 'TSD3001' || root.code === 'TSD3002') return 'Database';
  if (root.code.startsWith('TSD2') || root.code === 'TSD1103') return 'Compilation';
  return root.code.startsWith('TSD1') ? 'Parsing' : 'Runtime';
}

/** `explainTemplateError` keeps what it was made from as the cause. */
function rootOf(error: unknown): unknown {
  if (!isTsdbtError(error) || error instanceof TemplateProblem) return error;
  const cause = error.cause;
  return cause instanceof JinjaError || cause instanceof TemplateProblem ? cause : error;
}

function nameOf(who: Owner): string {
  const path = who.original_file_path ? ` (${who.original_file_path})` : '';
  return `${who.resource_type ?? ''} ${who.name ?? ''}`.trim() + path;
}
