import { parseYaml } from '../../manifests/yaml-document.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { applyObject } from '../fields/apply-object.ts';
import { configFaults } from '../fields/config-faults.ts';
import { type Manager, type Owners, readOwners } from '../fields/managed-fields.ts';
import { trackUpdate } from '../fields/track-fields.ts';
import { textIn } from '../objects/json-access.ts';
import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { groupVersionOf } from '../objects/resource-definition.ts';
import { badRequest, conflict, notFound, StatusError } from '../objects/status-error.ts';
import type { WriteTarget, Written } from './api-context.ts';
import { createObject } from './create-object.ts';
import { updateObject } from './update-object.ts';

interface ApplyRequest {
  readonly name: string;
  /** YAML or JSON. */
  readonly body: string;
}

/**
 * Answers a server-side apply request: creates or changes the object.
 *
 * @param current the stored object, if there is one
 * @throws StatusError 400 or 500 for a body that is not a configuration of this kind, 404, 409 Conflict, 422 Invalid
 */
export function applyConfig(
  target: WriteTarget,
  current: Stored<KubeObject> | undefined,
  request: ApplyRequest,
): Written {
  const { collection, context, options, subresource } = target;
  const { definition } = collection;
  const config = readConfig(target, request);
  const { object, owners } = applyObject({
    live: current === undefined ? {} : withoutManagedFields(current),
    config,
    schema: definition.schema,
    owners: currentOwners(target, current),
    manager: managerOf(target, { name: options.fieldManager, operation: 'Apply' }),
    time: context.now(),
    ignored: ignoredFields(target, config),
    force: options.force,
  });
  if (current !== undefined) return { object: updateObject(target, current, object, owners), isNew: false };
  if (subresource !== undefined) throw notFound(definition, request.name);
  checkNew(target, request.name, config);
  return { object: createObject(target, object, owners), isNew: true };
}

function readConfig({ collection }: WriteTarget, { body }: ApplyRequest): JsonObject {
  const { definition } = collection;
  const config = parseConfig(body);
  const type = { apiVersion: textIn(config, 'apiVersion'), kind: textIn(config, 'kind') };
  if (type.apiVersion !== groupVersionOf(definition) || type.kind !== definition.kind) {
    throw badRequest(`invalid object type: ${type.apiVersion}, Kind=${type.kind}`);
  }
  if (isJsonObject(config.metadata) && config.metadata.managedFields !== undefined) {
    throw badRequest('metadata.managedFields must be nil');
  }
  const [fault] = configFaults(config, definition.schema, '');
  if (fault === undefined) return config;
  const metadata = isJsonObject(config.metadata) ? config.metadata : {};
  const who = `${textIn(metadata, 'namespace')}/${textIn(metadata, 'name')}; ${type.apiVersion}, Kind=${type.kind}`;
  throw new StatusError(500, '', `failed to create typed patch object (${who}): ${fault}`);
}

function parseConfig(body: string): JsonObject {
  let config: Json;
  try {
    config = body.trimStart().startsWith('{') ? JSON.parse(body) : parseYaml(body);
  } catch (error) {
    throw badRequest(`error decoding YAML: ${error instanceof Error ? error.message : ''}`);
  }
  if (isJsonObject(config)) return config;
  throw badRequest('error decoding YAML: the body must be an object');
}

function checkNew({ collection }: WriteTarget, name: string, config: JsonObject): void {
  const metadata = isJsonObject(config.metadata) ? config.metadata : {};
  if (textIn(metadata, 'uid') !== '') {
    const why = `uid mismatch: the provided object specified uid ${metadata.uid}, and no existing object was found`;
    throw conflict(collection.definition, name, why);
  }
  const given = textIn(metadata, 'name');
  if (given === '') {
    throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
  }
  if (given !== name) {
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  }
}

/**
 * The present owners. When none have been recorded yet, all fields belong to a manager for the time before the first
 * apply.
 */
function currentOwners(target: WriteTarget, current: Stored<KubeObject> | undefined): Owners {
  const owners = readOwners(current?.metadata.managedFields);
  if (current === undefined || owners.size > 0) return owners;
  const { definition } = target.collection;
  return trackUpdate(owners, {
    before: definition.rules.blank ?? {},
    after: withoutManagedFields(current),
    schema: definition.schema,
    manager: managerOf(target, { name: 'before-first-apply', operation: 'Update' }),
    time: target.context.now(),
    ignored: ignoredFields(target, withoutManagedFields(current)),
  });
}

function managerOf({ collection, subresource }: WriteTarget, who: Pick<Manager, 'name' | 'operation'>): Manager {
  const apiVersion = groupVersionOf(collection.definition);
  return { ...who, apiVersion, ...(subresource === undefined ? {} : { subresource }) };
}

function withoutManagedFields(current: Stored<KubeObject>): JsonObject {
  const { managedFields: _, ...metadata } = current.metadata;
  return { ...current, metadata } as unknown as JsonObject;
}

/** Top-level fields that this request cannot change. */
function ignoredFields({ collection, subresource }: WriteTarget, object: JsonObject): readonly string[] {
  if (subresource === 'status') return Object.keys(object).filter(field => field !== 'status');
  return collection.definition.status ? ['status'] : [];
}
