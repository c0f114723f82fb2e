import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { Answer, CallOptions, KubernetesClient } from './kubernetes-client.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

interface ApplyOptions extends CallOptions {
  /** @default 'suite' */
  readonly fieldManager?: string;
  /** Checks everything and stores nothing. @default false */
  readonly dryRun?: boolean;
  /** Takes fields from other managers; otherwise they are a conflict. @default true */
  readonly force?: boolean;
}

/** Reads the objects of a YAML file, without empty documents. @throws Error naming the file, when it is not YAML */
export function readManifests(file: string): readonly KubernetesObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map(document => {
      const [problem] = document.errors;
      if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
      return document.toJS() as KubernetesObject | null;
    })
    .filter(object => object !== null);
}

/** Applies server-side with strict field validation, like a GitOps tool; returns the API server's answer. */
export async function apply(
  client: KubernetesClient,
  object: KubernetesObject,
  options: ApplyOptions = {},
): Promise<Answer> {
  const { fieldManager = 'suite', dryRun = false, force = true, ...call } = options;
  const path = await objectPath(client, object);
  const query = `fieldManager=${fieldManager}&force=${force}&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
  return client.call('PATCH', `${path}?${query}`, object, { ...call, contentType: 'application/apply-patch+yaml' });
}

/** Applies all objects in order. @throws Error naming the object, when the API server refuses it */
export async function applyAll(
  client: KubernetesClient,
  objects: readonly KubernetesObject[],
  options: ApplyOptions = {},
): Promise<void> {
  for (const object of objects) {
    const { status, body } = await apply(client, object, options);
    if (status >= 300) {
      const { kind, metadata } = object;
      throw new Error(`${kind} ${metadata.namespace ?? ''}/${metadata.name} refused: ${status} ${describe(body)}`);
    }
  }
}

/** Applies all objects in order, despite refusals. @returns the refusals, one sentence each */
export async function listRefusals(
  client: KubernetesClient,
  objects: readonly KubernetesObject[],
  options: ApplyOptions = {},
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const object of objects) {
    const { kind, metadata } = object;
    const { status, body } = await apply(client, object, options);
    if (status >= 300) refused.push(`${kind} ${metadata.namespace ?? ''}/${metadata.name}: ${describe(body)}`);
  }
  return refused;
}

/** Reads the object from the server. @throws Error when it does not exist */
export async function readLive(client: KubernetesClient, object: KubernetesObject): Promise<KubernetesObject> {
  const { status, body } = await client.call('GET', await objectPath(client, object));
  if (status !== 200) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${describe(body)}`);
  return body as KubernetesObject;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const discovered = new Map<string, ApiResource>();

/** The API path of an object, with the plural from the server's discovery. */
async function objectPath(client: KubernetesClient, { apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const key = `${client.server} ${root} ${kind}`;
  const resource = discovered.get(key) ?? (await discover(client, root, kind));
  discovered.set(key, resource);
  const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  return `${root}${scope}/${resource.name}/${metadata.name}`;
}

async function discover(client: KubernetesClient, root: string, kind: string): Promise<ApiResource> {
  const { body } = await client.call('GET', root);
  const { resources = [] } = body as { resources?: readonly ApiResource[] };
  const resource = resources.find(candidate => candidate.kind === kind && !candidate.name.includes('/'));
  if (resource === undefined) throw new Error(`the API server knows no ${kind} at ${root}`);
  return resource;
}

/** The message of a Status, or the body itself. */
export function describe(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return JSON.stringify(body);
}
