import { invalidField } from '../../schema/field-fault.ts';
import { isJsonObject, type JsonObject } from '../../schema/json.ts';
import { valueAtPath, withValueAt } from '../objects/json-path.ts';
import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { mergePatch } from '../objects/merge-patch.ts';
import { groupVersionOf, type ScalePaths } from '../objects/resource-definition.ts';
import { badRequest, invalid, notFound, StatusError } from '../objects/status-error.ts';
import type { WriteTarget, Written } from './api-context.ts';
import { applyConfig } from './apply-config.ts';
import { parseBody, unsupportedMediaType } from './decode-object.ts';
import { applyPatchType, mergePatchType, type Patch } from './patch-object.ts';
import { updateObject } from './update-object.ts';

const scaleType = { kind: 'Scale', apiVersion: 'autoscaling/v1' } as const;

/** The replicas of an object of any kind as `/scale` shows them. */
export function toScale(object: Stored<KubeObject>, paths: ScalePaths): JsonObject {
  const json = object as unknown as JsonObject;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const replicas = valueAtPath(json, paths.specReplicas);
  const selector = selectorOf(json, paths);
  return {
    ...scaleType,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: typeof replicas === 'number' && replicas !== 0 ? { replicas } : {},
    status: { replicas: valueAtPath(json, paths.statusReplicas) ?? 0, ...(selector === '' ? {} : { selector }) },
  };
}

/**
 * Writes replicas through `/scale`; changes nothing else of the object.
 *
 * @throws StatusError 400, 404, 409 Conflict, 415, 422 Invalid
 */
export function writeScale(target: WriteTarget, request: Patch & { readonly isReplace: boolean }): Written {
  const { definition } = target.collection;
  const { scale } = definition;
  const current = target.collection.get(target.namespace, request.name);
  if (scale === undefined || current === undefined) throw notFound(definition, request.name);
  if (!request.isReplace && request.contentType === applyPatchType) return applyScale(target, current, request, scale);
  const changed = request.isReplace ? parseBody(request.body, request.contentType) : patched(current, request, scale);
  const replicas = readReplicas(changed);
  if (!definition.custom) checkReplicas(replicas, request.name);
  const { resourceVersion, uid } = isJsonObject(changed.metadata) ? changed.metadata : {};
  const metadata = {
    ...current.metadata,
    ...(typeof resourceVersion === 'string' && resourceVersion !== '' ? { resourceVersion } : {}),
    ...(typeof uid === 'string' && uid !== '' ? { uid } : {}),
  };
  const next = withValueAt({ ...current, metadata } as unknown as JsonObject, scale.specReplicas, replicas);
  return { object: updateObject(target, current, next), isNew: false };
}

/** Applies replicas to the object itself, as the manager of the `scale` subresource. */
function applyScale(
  target: WriteTarget,
  current: Stored<KubeObject>,
  { name, body: text }: Patch,
  scale: ScalePaths,
): Written {
  const config = parseBody(text, text.trimStart().startsWith('{') ? 'application/json' : 'application/yaml');
  if (config.kind !== scaleType.kind || config.apiVersion !== scaleType.apiVersion) {
    throw badRequest(`invalid object type: ${String(config.apiVersion)}, Kind=${String(config.kind)}`);
  }
  const { definition } = target.collection;
  const { kind } = definition;
  const main = { apiVersion: groupVersionOf(definition), kind, metadata: config.metadata ?? { name } };
  const replicas = readReplicas(config);
  if (!definition.custom) checkReplicas(replicas, name);
  const body = JSON.stringify(withValueAt(main, scale.specReplicas, replicas));
  // The real server converts no Scale to a custom resource, and says so once nobody holds the replicas.
  if (definition.custom) {
    applyConfig({ ...target, options: { ...target.options, dryRun: true } }, current, { name, body });
    const why = 'request to convert CR to an invalid group/version: autoscaling/v1';
    throw new StatusError(500, '', `failed to convert new object (/${name}; autoscaling/v1, Kind=Scale): ${why}`);
  }
  return applyConfig(target, current, { name, body });
}

function patched(current: Stored<KubeObject>, { contentType, body }: Patch, scale: ScalePaths): JsonObject {
  if (contentType !== mergePatchType) throw unsupportedMediaType([mergePatchType, applyPatchType]);
  return mergePatch(toScale(current, scale), parseBody(body, 'application/json'));
}

function readReplicas(scale: JsonObject): number {
  const { replicas = 0 } = isJsonObject(scale.spec) ? scale.spec : {};
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
    throw badRequest('Scale in version "v1" cannot be handled as a Scale: .spec.replicas must be an int32');
  }
  return replicas;
}

/** Checks the replicas of a built-in kind; a custom resource has its own schema. @throws StatusError 422 Invalid */
function checkReplicas(replicas: number, name: string): void {
  if (replicas >= 0) return;
  const fault = invalidField('spec.replicas', replicas, 'must be greater than or equal to 0');
  throw invalid({ group: 'autoscaling', plural: 'scales', kind: 'Scale' }, name, [fault]);
}

function selectorOf(object: JsonObject, { labelSelector }: ScalePaths): string {
  if (labelSelector !== undefined) return String(valueAtPath(object, labelSelector) ?? '');
  const labels = valueAtPath(object, '.spec.selector.matchLabels');
  const pairs = isJsonObject(labels) ? Object.entries(labels) : [];
  return pairs.map(([key, value]) => `${key}=${String(value)}`).join(',');
}
