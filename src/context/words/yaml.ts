import { isTsdbtError } from '../../error/index.ts';
import type { Value } from '../../jinja/index.ts';
import { readYaml } from '../../util/yaml.ts';
import { lazyValue } from '../node-data.ts';
import { pyValueError } from '../py-function.ts';

/** Python's yaml.safe_load. A text that is no YAML is a ValueError. */
export function loadYaml(text: string): Value {
  try {
    return lazyValue(readYaml(text, '<fromyaml>').data);
  } catch (error) {
    throw isTsdbtError(error) ? pyValueError(error.message) : error;
  }
}
