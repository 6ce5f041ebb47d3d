export { specFromArguments } from './choose.ts';
export { parseCriterion, printCriterion } from './criterion.ts';
export { parseDefinition, parseSelectors } from './definition.ts';
export { asksForColumns, type Selection, select } from './evaluate.ts';
export { searchName, selectorName } from './names.ts';
export { parseSelection } from './parse.ts';
export { resourceTypes } from './resource-types.ts';
export type { ColumnFacts, Criterion, IndirectSelection, PriorState } from './types.ts';
