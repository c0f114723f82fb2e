import { duplicateFaults } from '../../schema/duplicate-faults.ts';
import type { StatusCause } from '../../schema/field-fault.ts';
import { childPath } from '../../schema/field-fault.ts';
import type { Json, JsonObject } from '../../schema/json.ts';
import { withoutNulls } from '../../schema/json-value.ts';
import { schemaFaults } from '../../schema/schema-validation.ts';
import type { KubeObject, ObjectMetadata } from '../objects/kube-object.ts';
import { isEmptyValue } from '../objects/merge-shape.ts';
import { quantitiesAsText } from '../objects/quantity-text.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import { scaleFaults } from '../objects/scale-faults.ts';
import { fillDefaults } from '../objects/schema-defaults.ts';
import { invalid } from '../objects/status-error.ts';
import { metadataFaults, metadataUpdateFaults } from './metadata-faults.ts';

/** Fills in everything that the API server fills in. */
export function completeObject(object: KubeObject, definition: ResourceDefinition): KubeObject {
  const json = { ...object, metadata: withoutEmpty(object.metadata) } as unknown as JsonObject;
  if (definition.custom) return fillDefaults(json, definition.schema) as unknown as KubeObject;
  const typed = quantitiesAsText(withoutNulls(json), definition.schema);
  return (definition.rules.fillDefaults?.(typed) ?? typed) as unknown as KubeObject;
}

/** Drops empty fields of metadata, as its type in Go does when printed. */
function withoutEmpty(metadata: ObjectMetadata): ObjectMetadata {
  const kept = Object.entries(metadata).filter(([, value]) => !isEmptyValue(value) && value !== '');
  return Object.fromEntries(kept) as unknown as ObjectMetadata;
}

/**
 * @param before the stored object, absent on create
 * @throws StatusError 422 Invalid with a cause for each invalid field
 */
export function checkObject(object: KubeObject, definition: ResourceDefinition, before?: KubeObject): void {
  refuse(object, definition, [...faultsOf(object, definition, before)]);
}

/**
 * Checks a write through `/status`, which can be invalid nowhere else.
 *
 * @throws StatusError 422 Invalid with a cause for each invalid field
 */
export function checkStatus(object: KubeObject, definition: ResourceDefinition, before: KubeObject): void {
  const { status: schema } = definition.schema.properties ?? {};
  const [after, former] = [object.status as Json | undefined, before.status as Json | undefined];
  const faults = schema === undefined || after === undefined ? [] : schemaFaults(after, schema, '', former);
  refuse(object, definition, [
    ...metadataUpdateFaults(object.metadata, before.metadata),
    ...faults.map(fault => ({ ...fault, field: childPath('status', fault.field) })),
  ]);
}

function refuse(object: KubeObject, definition: ResourceDefinition, causes: readonly StatusCause[]): void {
  if (causes.length > 0) throw invalid(definition, object.metadata.name ?? '', causes);
}

function* faultsOf(
  object: KubeObject,
  definition: ResourceDefinition,
  before: KubeObject | undefined,
): Generator<StatusCause> {
  yield* metadataFaults(object.metadata, definition);
  if (before !== undefined) yield* metadataUpdateFaults(object.metadata, before.metadata);
  const [after, former] = [object as unknown as JsonObject, before as unknown as JsonObject | undefined];
  if (definition.custom) {
    yield* schemaFaults(after, definition.schema, '', former);
    if (definition.scale !== undefined) yield* scaleFaults(after, definition.scale);
    const hadNoDuplicates = former === undefined || duplicateFaults(former, definition.schema, '').next().done === true;
    if (hadNoDuplicates) yield* duplicateFaults(after, definition.schema, '');
  } else yield* definition.rules.faults?.(after, former) ?? [];
}
