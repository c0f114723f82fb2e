import type { JsonObject } from '../../schema/json.ts';
import type { KubeObject, Stored } from '../objects/kube-object.ts';
import { toJson } from '../objects/object-json.ts';
import { checkWrite } from '../objects/preconditions.ts';
import { notFound, qualifiedName, StatusError } from '../objects/status-error.ts';
import type { Collection } from '../store/collection.ts';
import { asksForTable, type IncludeObject, parseIncludeObject, toTable } from '../tables/table.ts';
import type { ApiContext, WriteTarget, Written } from '../write/api-context.ts';
import { createObject } from '../write/create-object.ts';
import { admitFields, decodeObject } from '../write/decode-object.ts';
import { deleteObject, parseDeleteOptions } from '../write/delete-object.ts';
import { applyPatchType, patchObject } from '../write/patch-object.ts';
import { toScale, writeScale } from '../write/scale-subresource.ts';
import { updateObject } from '../write/update-object.ts';
import { parseWriteOptions } from '../write/write-options.ts';
import type { ApiAnswer, ApiRequest } from './api-request.ts';
import { parseListOptions } from './list-options.ts';
import { listPage } from './list-page.ts';
import type { ResourcePath } from './request-path.ts';

/** A request for a served resource. */
export interface ResourceRequest {
  readonly context: ApiContext;
  readonly collection: Collection;
  readonly path: ResourcePath;
  readonly request: ApiRequest;
  /** Passes warnings to the client, also when the request is refused. */
  readonly warn: (warnings: readonly string[]) => void;
}

/**
 * Answers one request other than a watch.
 *
 *   path          GET    POST     PUT       PATCH          DELETE
 *   collection    list   create   –         –              delete all that match
 *   object        get    –        replace   all kinds      delete
 *   …/status      get    –        replace   all kinds      –
 *   …/scale       get    –        replace   merge, apply   –
 *
 * @throws StatusError as the real server would answer
 */
export function answerRequest(resourceRequest: ResourceRequest): ApiAnswer {
  const { path, request } = resourceRequest;
  if (path.name === undefined) return answerCollection(resourceRequest);
  const { name, subresource } = path;
  if (subresource !== undefined) checkSubresource(resourceRequest, subresource);
  if (request.method === 'GET') return answerGet(resourceRequest, name);
  if (request.method === 'PUT') return answerPut(resourceRequest, name);
  if (request.method === 'PATCH') return answerPatch(resourceRequest, name);
  if (request.method === 'DELETE' && subresource === undefined) return answerDelete(resourceRequest, name);
  throw methodNotAllowed(resourceRequest);
}

function answerCollection(resourceRequest: ResourceRequest): ApiAnswer {
  const { context, collection, path, request } = resourceRequest;
  if (request.method === 'GET') {
    const options = parseListOptions(request.query, collection.definition);
    const newest = context.store.resourceVersion;
    return { code: 200, body: listPage(collection, path.namespace, options, newest, tableOf(resourceRequest)) };
  }
  if (request.method === 'POST') return answerPost(resourceRequest);
  if (request.method === 'DELETE') return answerDeleteCollection(resourceRequest);
  throw methodNotAllowed(resourceRequest);
}

function answerGet(resourceRequest: ResourceRequest, name: string): ApiAnswer {
  const { collection, path } = resourceRequest;
  const object = requireObject(collection, path.namespace ?? '', name);
  const table = path.subresource === undefined ? tableOf(resourceRequest) : undefined;
  if (table !== undefined) {
    const { resourceVersion } = object.metadata;
    return { code: 200, body: toTable(collection.definition, [object], { metadata: { resourceVersion }, ...table }) };
  }
  return { code: 200, body: shownAs(collection, path.subresource, object) };
}

function answerPost(resourceRequest: ResourceRequest): ApiAnswer {
  const { collection, path, request } = resourceRequest;
  if (collection.definition.namespaced && path.namespace === undefined) throw methodNotAllowed(resourceRequest);
  const target = writeTarget(resourceRequest, parseWriteOptions(request.query, 'CreateOptions', request));
  const decoded = decodeObject(request.body, request.contentType, collection.definition);
  const { object, warnings } = admitFields(decoded, collection.definition, target.options.fieldValidation);
  resourceRequest.warn(warnings);
  return { code: 201, body: toJson(createObject(target, object)) };
}

function answerPut(resourceRequest: ResourceRequest, name: string): ApiAnswer {
  const { collection, path, request } = resourceRequest;
  const target = writeTarget(resourceRequest, parseWriteOptions(request.query, 'UpdateOptions', request));
  if (path.subresource === 'scale') {
    const { body, contentType = 'application/json' } = request;
    return answerWritten(resourceRequest, writeScale(target, { name, body, contentType, isReplace: true }));
  }
  const decoded = decodeObject(request.body, request.contentType, collection.definition);
  const { object, warnings } = admitFields(decoded, collection.definition, target.options.fieldValidation);
  resourceRequest.warn(warnings);
  const current = requireObject(collection, target.namespace, name);
  const based = { ...object, metadata: basedOn(object, current, collection) };
  const { uid } = based.metadata;
  if (typeof uid === 'string' && uid !== '') checkWrite(collection.definition, { name, uid }, current);
  return answerWritten(resourceRequest, { object: updateObject(target, current, based), isNew: false });
}

function answerPatch(resourceRequest: ResourceRequest, name: string): ApiAnswer {
  const { path, request } = resourceRequest;
  const isApply = request.contentType === applyPatchType;
  const target = writeTarget(
    resourceRequest,
    parseWriteOptions(request.query, 'PatchOptions', { ...request, isApply }),
  );
  const patch = { name, body: request.body, contentType: request.contentType };
  if (path.subresource === 'scale')
    return answerWritten(resourceRequest, writeScale(target, { ...patch, isReplace: false }));
  return answerWritten(resourceRequest, patchObject(target, patch, resourceRequest.warn));
}

function answerDelete({ collection, path, request }: ResourceRequest, name: string): ApiAnswer {
  const options = parseDeleteOptions(request.query, request.body, request.contentType);
  return { code: 200, body: deleteObject(collection, { namespace: path.namespace ?? '', name }, options) };
}

function answerDeleteCollection({ context, collection, path, request }: ResourceRequest): ApiAnswer {
  const options = parseListOptions(request.query, collection.definition);
  const { dryRun } = parseDeleteOptions(request.query, request.body, request.contentType);
  const list = listPage(collection, path.namespace, options, context.store.resourceVersion);
  for (const object of collection.list(path.namespace).filter(options.matches)) {
    collection.delete(object.metadata.namespace ?? '', object.metadata.name, { dryRun });
  }
  return { code: 200, body: list };
}

/** How a Table is asked for; undefined when it is not. */
function tableOf({ context, request }: ResourceRequest): { include: IncludeObject; now: number } | undefined {
  if (!asksForTable(request.accept)) return undefined;
  return { include: parseIncludeObject(request.query), now: Date.parse(context.now()) };
}

function writeTarget({ context, collection, path }: ResourceRequest, options: WriteTarget['options']): WriteTarget {
  const { subresource, namespace = '' } = path;
  const target = { context, collection, namespace, options };
  return subresource === 'status' || subresource === 'scale' ? { ...target, subresource } : target;
}

/** A replace without a resourceVersion is based on the stored object, where the kind allows that. */
function basedOn({ metadata }: JsonObject, current: Stored<KubeObject>, { definition }: Collection): JsonObject {
  const given = (metadata ?? {}) as JsonObject;
  const isUnconditional = given.resourceVersion === undefined || given.resourceVersion === '';
  if (!isUnconditional || !definition.unconditionalUpdate) return given;
  return { ...given, resourceVersion: current.metadata.resourceVersion };
}

function answerWritten({ collection, path }: ResourceRequest, { object, isNew }: Written): ApiAnswer {
  return { code: isNew ? 201 : 200, body: shownAs(collection, path.subresource, object) };
}

function shownAs(
  { definition }: Collection,
  subresource: string | undefined,
  object: Stored<KubeObject>,
): string | JsonObject {
  const { scale } = definition;
  return subresource === 'scale' && scale !== undefined ? toScale(object, scale) : toJson(object);
}

function requireObject(collection: Collection, namespace: string, name: string): Stored<KubeObject> {
  const object = collection.get(namespace, name);
  if (object === undefined) throw notFound(collection.definition, name);
  return object;
}

function checkSubresource({ collection: { definition } }: ResourceRequest, subresource: string): void {
  const isServed =
    (subresource === 'status' && definition.status) || (subresource === 'scale' && definition.scale !== undefined);
  if (!isServed) throw new StatusError(404, 'NotFound', 'the server could not find the requested resource');
}

function methodNotAllowed({ collection: { definition }, request }: ResourceRequest): StatusError {
  const name = qualifiedName(definition);
  const message = `${request.method.toLowerCase()} is not supported on resources of kind ${JSON.stringify(name)}`;
  const { group, plural: kind } = definition;
  const details = { ...(group === '' ? {} : { group }), kind };
  return new StatusError(405, 'MethodNotAllowed', message, { details });
}
