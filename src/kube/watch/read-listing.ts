import type { Resource } from '../resources/resource.ts';
import type { Page, Selection } from '../resources/resource-options.ts';
import type { KubeObject } from '../resources/wire.ts';

/** A complete list of one kind, as `take` made its objects. */
export interface Listing<Taken> {
  readonly objects: readonly Taken[];
  readonly resourceVersion: string;
}

/** What is listed, and what is kept of each object: none, one or several values. */
export interface ListingRequest<T extends KubeObject, Taken> {
  readonly resource: Resource<T>;
  readonly selection: Selection | undefined;
  readonly take: (object: T) => readonly Taken[];
  readonly signal?: AbortSignal | undefined;
}

/** Reads a consistent list page by page; it is never older than the call. @throws ApiError, TransportError */
export async function readListing<T extends KubeObject, Taken>(
  request: ListingRequest<T, Taken>,
): Promise<Listing<Taken>> {
  const { resource, selection, take, signal } = request;
  const objects: Taken[] = [];
  let page: Page<T> | undefined;
  do {
    page = await resource.page({ ...selection, continue: page?.continue, signal });
    objects.push(...page.items.flatMap(take));
  } while (page.continue !== undefined);
  return { objects, resourceVersion: page.resourceVersion };
}

/** The identity and version of an object, for a comparison that decodes nothing else. */
export interface ObjectVersion {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly resourceVersion: string;
}

/** The version of an object; none when the server left a part of it out. */
export function versionsOf({ metadata }: KubeObject): readonly ObjectVersion[] {
  const { uid, name, namespace = '', resourceVersion } = metadata ?? {};
  if (uid === undefined || name === undefined || resourceVersion === undefined) return [];
  return [{ uid, namespace, name, resourceVersion }];
}
