import type { ConditionUpdate } from '../../api/condition.ts';
import type { Observation } from '../../observe/observation.ts';
import { condition } from '../condition.ts';

/** Fields that a message names at most. */
const mostNamed = 5;

/** Whether the CRDs of the cluster keep every field that this version writes. */
export function schemaCurrent({ prunedFields = [] }: Observation): ConditionUpdate<'SchemaCurrent'> {
  if (prunedFields.length === 0)
    return condition('SchemaCurrent', 'True', 'FieldsKept', 'The CRDs have every field of this version.');
  const rest = prunedFields.length - mostNamed;
  const named = prunedFields.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const message = `The CRDs are older than the operator, and the API server drops ${named}. Apply the CRDs of this version: Helm does not.`;
  return condition('SchemaCurrent', 'False', 'FieldsPruned', message);
}
