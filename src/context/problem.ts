import { type ErrorCode, TsdbtError, type TsdbtErrorFields } from '../error/index.ts';
import type { TemplateFrame } from '../jinja/index.ts';

/** The class of error dbt would name: the title of its text is `<kind> Error`. */
export type ProblemKind = 'Compilation' | 'Parsing' | 'Runtime' | 'Database' | 'FailFast' | 'Dependency';

/** An error of one of dbt's words. The engine writes down the template lines it passes through. */
export class TemplateProblem extends TsdbtError {
  readonly kind: ProblemKind;
  readonly templateFrames: TemplateFrame[] = [];

  constructor(kind: ProblemKind, fields: TsdbtErrorFields) {
    super(fields);
    this.name = 'TemplateProblem';
    this.kind = kind;
  }
}

export function compilationProblem(message: string, code: ErrorCode = 'TSD2002', hint?: string): TemplateProblem {
  return new TemplateProblem('Compilation', { code, message, hint });
}

export function parsingProblem(message: string, code: ErrorCode, hint?: string): TemplateProblem {
  return new TemplateProblem('Parsing', { code, message, hint });
}
