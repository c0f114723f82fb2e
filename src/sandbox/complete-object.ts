import type { JsonObject, KubeObject } from './kube-object.ts';
import { metadataFaults, metadataUpdateFaults } from './metadata-faults.ts';
import type { ResourceDefinition } from './resource-definition.ts';
import { scaleFaults } from './scale-faults.ts';
import { fillDefaults } from './schema-defaults.ts';
import { schemaFaults } from './schema-validation.ts';
import { invalid, type StatusCause } from './status-error.ts';

/** The object with everything filled in that the API fills in. */
export function completeObject(object: KubeObject, definition: ResourceDefinition): KubeObject {
  const json = object as unknown as JsonObject;
  const filled = definition.custom ? fillDefaults(json, definition.schema) : definition.rules.fillDefaults?.(json);
  return (filled ?? json) as unknown as KubeObject;
}

/**
 * @param before the stored object, absent on create
 * @throws StatusError 422 Invalid with a cause for each field at fault
 */
export function checkObject(object: KubeObject, definition: ResourceDefinition, before?: KubeObject): void {
  const causes = [...faultsOf(object, definition, before)];
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
  } else yield* definition.rules.faults?.(after, former) ?? [];
}
