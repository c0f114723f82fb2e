import { conditionCatalogue } from '../../../src/api/conditions/condition-catalogue.ts';
import type { ConditionEntries, ConditionEntry, ConditionedKind } from '../../../src/api/conditions/condition-entry.ts';
import { planningRules } from '../../../src/api/planning-rules.ts';

/** The types of condition that a kind has, each with its entry, in the catalogue's order. */
export function conditionsOf(kind: ConditionedKind): readonly (readonly [type: string, entry: ConditionEntry])[] {
  const entries: ConditionEntries = conditionCatalogue;
  return Object.entries(entries).filter(([, { reasons }]) => reasons[kind] !== undefined);
}

/** The types on a kind whose reasons an entry repeats. */
export function followedOn(kind: ConditionedKind, { follows = [] }: ConditionEntry): readonly string[] {
  return conditionsOf(kind)
    .map(([type]) => type)
    .filter(type => follows.includes(type));
}

/** The description of `status.conditions[].type` in the CRD of a kind. */
export function describeTypes(kind: ConditionedKind): string {
  const types = conditionsOf(kind).map(([type]) => type);
  return `What is observed: ${types.join(', ')}.`;
}

/** The description of `because[].rule` in crds/saleplans.yaml. */
export function describeRules(): string {
  const recorded = Object.entries(planningRules).filter(([, { inSalePlan }]) => inSalePlan);
  return `The rule of the step: ${recorded.map(([rule]) => rule).join(', ')}.`;
}
