export { type SelectionChoice, specFromArguments } from './choose.ts';
export { parseCriterion, printCriterion } from './criterion.ts';
export { parseDefinition, parseSelectors } from './definition.ts';
export { type Selection, type SelectionRequest, select } from './evaluate.ts';
export { searchName, selectorName } from './names.ts';
export { parseSelection, printSpec, type SelectionArguments } from './parse.ts';
export { type ResourceTypeArguments, resourceTypes } from './resource-types.ts';
export type { Criterion, IndirectSelection, PriorState, SelectorSpecs, Spec, SpecGroup } from './types.ts';
