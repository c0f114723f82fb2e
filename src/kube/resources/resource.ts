import type { V1Scale } from '@kubernetes/client-node';
import { fieldManager } from '../../api/group.ts';
import { TransportError } from '../api-error.ts';
import type { ApiCall, StreamAnswer, Transport } from '../http/transport.ts';
import { apiVersionOf, type ResourceKind } from './resource-kind.ts';
import type {
  ApplyOptions,
  CallOptions,
  DeleteOptions,
  ObjectRef,
  Page,
  PageOptions,
  PatchOptions,
  WatchOptions,
  WriteOptions,
} from './resource-options.ts';
import { resourcePath } from './resource-path.ts';
import type { ApplyPatch, KubeObject, MergePatch, Wire } from './wire.ts';

/** The typed verbs of one kind. Errors are those of the transport: ApiError and TransportError. */
export class Resource<T extends KubeObject> {
  readonly kind: ResourceKind<T>;
  readonly #transport: Transport;

  constructor(transport: Transport, kind: ResourceKind<T>) {
    this.#transport = transport;
    this.kind = kind;
  }

  /** Reads one object. @throws ApiError 404 when it does not exist */
  get(ref: ObjectRef, options: CallOptions = {}): Promise<T> {
    return this.#json({ method: 'GET', path: this.#path(ref), ...pickCall(options) });
  }

  /** Reads one page of a consistent list: without a resourceVersion, so never older than the last write. */
  async page(options: PageOptions = {}): Promise<Page<T>> {
    const { namespace, labelSelector, fieldSelector, limit = 500 } = options;
    const query = { labelSelector, fieldSelector, limit, continue: options.continue };
    const path = this.#path({ namespace });
    const list = await this.#json<List<T>>({ method: 'GET', path, query, ...pickCall(options) });
    const next = list.metadata?.continue;
    return {
      items: (list.items ?? []).map(item => this.#named(item)),
      resourceVersion: list.metadata?.resourceVersion ?? '',
      ...(next === undefined || next === '' ? {} : { continue: next }),
    };
  }

  /** Reads every object of the selection, page by page. */
  async list(options: Omit<PageOptions, 'continue'> = {}): Promise<readonly T[]> {
    const items: T[] = [];
    let next: string | undefined;
    do {
      const page: Page<T> = await this.page({ ...options, continue: next });
      items.push(...page.items);
      next = page.continue;
    } while (next !== undefined);
    return items;
  }

  /** Creates an object. @throws ApiError 409 AlreadyExists */
  create(object: ApplyPatch<T>, options: WriteOptions = {}): Promise<T> {
    const path = this.#path({ namespace: object.metadata.namespace });
    return this.#json({
      method: 'POST',
      path,
      body: this.#named(object),
      query: toQuery(options),
      ...pickCall(options),
    });
  }

  async delete(ref: ObjectRef, options: DeleteOptions = {}): Promise<void> {
    const { preconditions } = options;
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      ...(preconditions === undefined ? {} : { preconditions }),
      ...(options.dryRun ? { dryRun: ['All'] } : {}),
    };
    await this.#transport.send({ method: 'DELETE', path: this.#path(ref), body, ...pickCall(options) });
  }

  /**
   * Sends a JSON merge patch. `metadata.resourceVersion` in the patch makes it conditional (409 when the object has
   * changed), `metadata.uid` refuses another object of the same name (422).
   */
  merge(ref: ObjectRef, patch: MergePatch<T>, options: PatchOptions = {}): Promise<T> {
    const contentType = 'application/merge-patch+json';
    const path = this.#path(ref, options.sub);
    return this.#json({
      method: 'PATCH',
      path,
      body: patch,
      contentType,
      query: toQuery(options),
      ...pickCall(options),
    });
  }

  /**
   * Applies the fields in `patch` (server-side apply) as field manager `headstart`. Repeating it is safe, so it is
   * retried after a lost answer.
   */
  apply(patch: ApplyPatch<T>, options: ApplyOptions = {}): Promise<T> {
    const { name, namespace } = patch.metadata;
    return this.#json({
      method: 'PATCH',
      path: this.#path({ name, namespace }, options.sub),
      body: this.#named(patch),
      contentType: 'application/apply-patch+yaml',
      query: { ...toQuery(options), force: options.force ?? true },
      idempotent: true,
      ...pickCall(options),
    });
  }

  /** Reads the scale subresource: the replicas of any scalable kind, built in or custom. */
  getScale(ref: ObjectRef, options: CallOptions = {}): Promise<Wire<V1Scale>> {
    return this.#json({ method: 'GET', path: this.#path(ref, 'scale'), ...pickCall(options) });
  }

  /** Sends a merge patch to the scale subresource; uid and resourceVersion are preconditions as in `merge`. */
  mergeScale(ref: ObjectRef, patch: MergePatch<Wire<V1Scale>>, options: WriteOptions = {}): Promise<Wire<V1Scale>> {
    return this.#json({
      method: 'PATCH',
      path: this.#path(ref, 'scale'),
      body: patch,
      contentType: 'application/merge-patch+json',
      query: toQuery(options),
      ...pickCall(options),
    });
  }

  /** Opens a stream of JSON lines, bookmarks included, for the Reflector; `deadlineMs` limits its whole life. */
  watch(options: WatchOptions): Promise<StreamAnswer> {
    const { namespace, labelSelector, fieldSelector, resourceVersion, sendInitialEvents, timeoutSeconds } = options;
    const query = {
      watch: true,
      allowWatchBookmarks: true,
      labelSelector,
      fieldSelector,
      resourceVersion,
      timeoutSeconds,
      ...(sendInitialEvents ? { sendInitialEvents, resourceVersionMatch: 'NotOlderThan' } : {}),
    };
    return this.#transport.stream({ method: 'GET', path: this.#path({ namespace }), query, ...pickCall(options) });
  }

  async #json<Body = T>(call: ApiCall): Promise<Body> {
    const { body, status } = await this.#transport.send(call);
    const text = body.toString('utf8');
    try {
      return JSON.parse(text);
    } catch (cause) {
      const message = `${call.method} ${call.path}: ${status}, but the answer is no JSON: ${text.slice(0, 200)}`;
      throw new TransportError('BAD_ANSWER', true, message, { cause });
    }
  }

  /** Adds apiVersion and kind: the server leaves them out of a list's items, and apply requires them. */
  #named<Object extends object>(object: Object): Object {
    return { apiVersion: apiVersionOf(this.kind), kind: this.kind.kind, ...object };
  }

  #path(ref: Partial<ObjectRef>, sub?: string): string {
    return resourcePath(this.kind, ref, sub);
  }
}

interface List<T> {
  readonly items?: readonly T[];
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
}

function pickCall({ signal, deadlineMs }: CallOptions): CallOptions {
  return { signal, deadlineMs };
}

function toQuery(options: WriteOptions) {
  return { fieldManager: options.fieldManager ?? fieldManager, dryRun: options.dryRun ? 'All' : undefined };
}
