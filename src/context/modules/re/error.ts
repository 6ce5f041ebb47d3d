import { JinjaError } from '../../../jinja/index.ts';

/** re.error */
export function patternError(message: string, at?: number): JinjaError {
  return new JinjaError('error', at === undefined ? message : `${message} at position ${at}`);
}
