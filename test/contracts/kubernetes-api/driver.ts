import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiAnswer, type ApiCall, type ApiConnection, call, stream } from './connection.ts';

/** How long what a cluster does a moment later is waited for: so long may another program have the machine to itself. */
const patienceMs = 60_000;

/** A collection of objects: `/api/v1/namespaces/N/configmaps`, with the type that goes into its objects. */
export interface Collection {
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a contract looks into objects of every shape
export type Body = Record<string, any>;

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Body;
}

/** An open watch: what it has seen, and how to wait for more. */
export interface Watch {
  readonly events: readonly WatchEvent[];
  /** Resolves once `enough` says so. @throws Error with what was seen, after 10 s */
  until(enough: (events: readonly WatchEvent[]) => boolean): Promise<readonly WatchEvent[]>;
  /** Resolves with the HTTP status when the server has ended the stream. */
  readonly ended: Promise<number>;
  close(): Promise<void>;
}

/** What the contracts speak with: one API server, a namespace of their own, and kinds to play with. */
export class ApiDriver {
  readonly connection: ApiConnection;
  readonly namespace: string;
  /** Of the suite's own CustomResourceDefinition. */
  readonly group: string;
  readonly #watches: Watch[] = [];

  constructor(connection: ApiConnection, run: string) {
    this.connection = connection;
    this.namespace = `contract-${run}`;
    this.group = `contract-${run}.headstart.dev`;
  }

  get configMaps(): Collection {
    return this.#inNamespace('/api/v1', 'v1', 'configmaps', 'ConfigMap');
  }

  get limitRanges(): Collection {
    return this.#inNamespace('/api/v1', 'v1', 'limitranges', 'LimitRange');
  }

  get resourceQuotas(): Collection {
    return this.#inNamespace('/api/v1', 'v1', 'resourcequotas', 'ResourceQuota');
  }

  get autoscalers(): Collection {
    return this.#inNamespace(
      '/apis/autoscaling/v2',
      'autoscaling/v2',
      'horizontalpodautoscalers',
      'HorizontalPodAutoscaler',
    );
  }

  get deployments(): Collection {
    return this.#inNamespace('/apis/apps/v1', 'apps/v1', 'deployments', 'Deployment');
  }

  get leases(): Collection {
    const version = 'coordination.k8s.io/v1';
    return this.#inNamespace(`/apis/${version}`, version, 'leases', 'Lease');
  }

  /** The suite's own kind; its schema is in widget.ts. */
  get widgets(): Collection {
    const version = `${this.group}/v1`;
    return this.#inNamespace(`/apis/${version}`, version, 'widgets', 'Widget');
  }

  /** One of the kinds of crds/. */
  headstart(plural: string, kind: string): Collection {
    return this.#inNamespace('/apis/headstart.dev/v1alpha1', 'headstart.dev/v1alpha1', plural, kind);
  }

  get definitions(): Collection {
    const version = 'apiextensions.k8s.io/v1';
    const kind = 'CustomResourceDefinition';
    return { path: `/apis/${version}/customresourcedefinitions`, apiVersion: version, kind };
  }

  /** A name that no other case uses. */
  name(): string {
    return `c-${randomUUID().slice(0, 13)}`;
  }

  send(method: string, path: string, more: Omit<ApiCall, 'method' | 'path'> = {}): Promise<ApiAnswer> {
    return call(this.connection, { method, path, ...more });
  }

  get({ path }: Collection, name: string): Promise<ApiAnswer> {
    return this.send('GET', `${path}/${name}`);
  }

  /** @param query without its question mark */
  create(collection: Collection, object: Body, query = ''): Promise<ApiAnswer> {
    const { path, apiVersion, kind } = collection;
    return this.send('POST', `${path}?${query}`, { body: { apiVersion, kind, ...object } });
  }

  /** Creates an object that the case needs. @throws Error when the server refuses it */
  async given(collection: Collection, object: Body = {}): Promise<Body> {
    const metadata = { name: this.name(), ...object.metadata };
    const answer = await this.create(collection, { ...object, metadata });
    if (answer.status !== 201) throw new Error(`given object refused: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  replace({ path }: Collection, object: Body, query = ''): Promise<ApiAnswer> {
    return this.send('PUT', `${path}/${object.metadata.name}?${query}`, { body: object });
  }

  /** @param at the object's name, with its subresource: `checkout/status` */
  merge({ path }: Collection, at: string, patch: unknown, query = ''): Promise<ApiAnswer> {
    const contentType = 'application/merge-patch+json';
    return this.send('PATCH', `${path}/${at}?${query}`, { body: patch, contentType });
  }

  /** Server-side apply as `manager`; type and name are filled in. */
  apply(collection: Collection, at: string, manager: string, config: Body, query = ''): Promise<ApiAnswer> {
    const { path, apiVersion, kind } = collection;
    const [name] = at.split('/');
    const body = { apiVersion, kind, ...config, metadata: { name, ...config.metadata } };
    const contentType = 'application/apply-patch+yaml';
    return this.send('PATCH', `${path}/${at}?fieldManager=${manager}&${query}`, { body, contentType });
  }

  delete({ path }: Collection, name: string, body?: Body): Promise<ApiAnswer> {
    return this.send('DELETE', `${path}/${name}`, body === undefined ? {} : { body });
  }

  list({ path }: Collection, query = ''): Promise<ApiAnswer> {
    return this.send('GET', `${path}?${query}`);
  }

  /** @param query besides `watch=true` */
  watch({ path }: Pick<Collection, 'path'>, query: string, headers: Readonly<Record<string, string>> = {}): Watch {
    const watch = openWatch(this.connection, `${path}?watch=true&${query}`, headers);
    this.#watches.push(watch);
    return watch;
  }

  async closeWatches(): Promise<void> {
    await Promise.all(this.#watches.splice(0).map(watch => watch.close()));
  }

  /** Asks until the answer is as wanted; for what a cluster does a moment later. @throws Error after a minute */
  async until(request: () => Promise<ApiAnswer>, accept: (answer: ApiAnswer) => boolean): Promise<ApiAnswer> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const answer = await request();
      if (accept(answer)) return answer;
      if (Date.now() > deadline)
        throw new Error(`still not so after ${patienceMs / 1000} s: ${JSON.stringify(answer)}`);
      await sleep(50);
    }
  }

  #inNamespace(root: string, apiVersion: string, plural: string, kind: string): Collection {
    return { path: `${root}/namespaces/${this.namespace}/${plural}`, apiVersion, kind };
  }
}

function openWatch(connection: ApiConnection, path: string, headers: Readonly<Record<string, string>>): Watch {
  const events: WatchEvent[] = [];
  const stop = new AbortController();
  const asked = { method: 'GET', path, headers };
  const ended = stream(connection, asked, line => events.push(JSON.parse(line)), stop.signal);
  ended.catch(() => undefined);
  return {
    events,
    ended,
    async until(enough) {
      const deadline = Date.now() + patienceMs;
      while (!enough(events)) {
        if (Date.now() > deadline)
          throw new Error(`after ${patienceMs / 1000} s watch ${path} has seen only ${JSON.stringify(events)}`);
        await sleep(10);
      }
      return events;
    },
    async close() {
      stop.abort();
      await ended.catch(() => undefined);
    },
  };
}
