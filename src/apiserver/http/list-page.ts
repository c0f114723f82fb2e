import type { JsonObject } from '../../schema/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { toItemJson, toJson } from '../objects/object-json.ts';
import { objectKey } from '../objects/object-key.ts';
import { groupVersionOf } from '../objects/resource-definition.ts';
import { badRequest, expired, StatusError } from '../objects/status-error.ts';
import type { Collection } from '../store/collection.ts';
import { type IncludeObject, toTable } from '../tables/table.ts';
import { type ListOptions, parseResourceVersion } from './list-options.ts';

/**
 * The position at which a list that was cut by `limit` continues. The real server's tokens look alike; clients must not
 * read them.
 */
interface ContinueToken {
  readonly v: 'meta.k8s.io/v1';
  /** The resourceVersion of the first page; -1 when it has expired and the rest is read at the newest version. */
  readonly rv: number;
  /** `namespace/name` of the last object on the page before. */
  readonly start: string;
}

const tooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/**
 * Returns one page of a list, as JSON text or as a Table. All pages of one list show the same resourceVersion, even when objects are
 * written in between.
 *
 * @param newest the store's resourceVersion
 * @throws StatusError 410 Expired when that resourceVersion has expired, 504 when it lies ahead
 */
export function listPage(
  collection: Collection,
  namespace: string | undefined,
  options: ListOptions,
  newest: number,
  table?: { readonly include: IncludeObject; readonly now: number },
): string | JsonObject {
  const from = options.continue === '' ? undefined : readToken(options.continue);
  const moment = from === undefined ? firstMoment(options, newest) : from.rv < 0 ? newest : from.rv;
  const all = objectsAt(collection, namespace, moment, from);
  const start = from === undefined ? 0 : all.findIndex(object => objectKey(object) > from.start);
  const page: KubeObject[] = [];
  let index = start < 0 ? all.length : start;
  for (; index < all.length && (options.limit <= 0 || page.length < options.limit); index++) {
    const object = all[index];
    if (object !== undefined && options.matches(object)) page.push(object);
  }
  const last = page.at(-1);
  const hasMore = last !== undefined && all.slice(index).some(options.matches);
  const next = hasMore ? { continue: writeToken({ v: 'meta.k8s.io/v1', rv: moment, start: objectKey(last) }) } : {};
  const remaining = hasMore && options.isEverything ? { remainingItemCount: all.length - index } : {};
  const metadata = { resourceVersion: String(moment), ...next, ...remaining };
  return table === undefined
    ? render(collection, page, metadata)
    : toTable(collection.definition, page, { metadata, ...table });
}

function firstMoment({ resourceVersion, resourceVersionMatch }: ListOptions, newest: number): number {
  if (resourceVersion === '') return newest;
  const requested = parseResourceVersion(resourceVersion, newest);
  return resourceVersionMatch === 'Exact' ? requested : newest;
}

function objectsAt(
  collection: Collection,
  namespace: string | undefined,
  moment: number,
  from: ContinueToken | undefined,
): readonly KubeObject[] {
  try {
    return collection.listAt(moment, namespace);
  } catch (error) {
    if (!(error instanceof StatusError && error.code === 410)) throw error;
    if (from === undefined) throw expired(`The provided resource version is too old: ${moment}`);
    throw expired(tooOld, writeToken({ ...from, rv: -1 }));
  }
}

function render({ definition }: Collection, page: readonly KubeObject[], metadata: object): string {
  const items = page.map(definition.custom ? toJson : toItemJson).join(',');
  const { listKind: kind } = definition;
  const head = JSON.stringify({ kind, apiVersion: groupVersionOf(definition), metadata });
  return `${head.slice(0, -1)},"items":[${items}]}`;
}

function writeToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string): ContinueToken {
  try {
    const token: Partial<ContinueToken> = JSON.parse(Buffer.from(text, 'base64url').toString());
    const { v, rv, start } = token;
    if (v === 'meta.k8s.io/v1' && typeof rv === 'number' && typeof start === 'string') return { v, rv, start };
  } catch {
    // Not JSON: answered below, like every other invalid token.
  }
  throw badRequest('continue key is not valid');
}
