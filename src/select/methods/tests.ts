import { matchesWildcard } from '../wildcard.ts';
import { invalidValue, type Matcher, type Search, textOf } from './search.ts';

/** The generic test that a test is made from, or the name of a unit test. */
export function byTestName(search: Search): Matcher {
  const pattern = textOf(search);
  return (node) => {
    if (node.resource_type === 'unit_test') return matchesWildcard(node.name, pattern);
    const generic = genericOf(node);
    return generic !== null && matchesWildcard(generic, pattern);
  };
}

export function byTestType(search: Search): Matcher {
  const type = textOf(search);
  switch (type) {
    case 'generic':
    case 'schema':
      return (node) => genericOf(node) !== null;
    case 'singular':
      return (node) => node.resource_type === 'test' && genericOf(node) === null;
    case 'data':
      return (node) => node.resource_type === 'test';
    case 'unit':
      return (node) => node.resource_type === 'unit_test';
    default:
      throw invalidValue(`Invalid test type selector ${type}: expected "generic", "singular", "unit", or "data"`);
  }
}

function genericOf(node: object): string | null {
  const { test_metadata: metadata } = node as { test_metadata?: { name: string } | null };
  return metadata?.name ?? null;
}
