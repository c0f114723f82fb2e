import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { Answer, CallOptions, KubernetesClient } from './kubernetes-client.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

interface ApplyOptions extends CallOptions {
  /** @default 'suite' */
  readonly fieldManager?: string;
  /** Everything is checked and nothing stored. @default false */
  readonly dryRun?: boolean;
  /** Whether fields of other managers are taken from them; without it they are a conflict. @default true */
  readonly force?: boolean;
}

/** The objects of a YAML file, empty documents left out. @throws Error naming the file, when it is not YAML */
export function readManifests(file: string): readonly KubernetesObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map(document => {
      const [problem] = document.errors;
      if (problem !== undefined) throw new Error(`${file}: ${problem.message}`);
      return document.toJS() as KubernetesObject | null;
    })
    .filter(object => object !== null);
}

/** Server-side apply with strict field validation, as a GitOps tool would; the answer is the API server's. */
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

/** Applies each, in order. @throws Error naming the object, when the API server refuses it */
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

/** Applies each, in order, whatever becomes of the others. @returns what was refused, a sentence each */
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

/** The object as it is on the server. @throws Error when it is not there */
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

/** The API path of an object, its plural taken from the server's discovery. */
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
