import type { StatusCause } from '../../schema/field-fault.ts';
import { invalidField } from '../../schema/field-fault.ts';
import type { Json, JsonObject } from '../../schema/json.ts';
import { valueAtPath } from './json-path.ts';
import type { ScalePaths } from './resource-definition.ts';

/** Yields replicas that `/scale` cannot show; the real server names them by the path in the definition. */
export function* scaleFaults(object: JsonObject, paths: ScalePaths): Generator<StatusCause> {
  for (const path of [paths.specReplicas, paths.statusReplicas]) {
    const replicas = valueAtPath(object, path);
    if (replicas === undefined) continue;
    const why = replicasFault(replicas, path);
    if (why !== '') yield invalidField(path, typeof replicas === 'number' ? replicas : 0, why);
  }
}

function replicasFault(replicas: Json, path: string): string {
  if (!Number.isInteger(replicas)) {
    const type = typeof replicas === 'number' ? 'float64' : typeof replicas;
    return `${path} accessor error: ${String(replicas)} is of the type ${type}, expected int64`;
  }
  if (Number(replicas) < 0) return 'should be a non-negative integer';
  return Number(replicas) > 2_147_483_647 ? 'should be less than or equal to 2147483647' : '';
}
