import { type KubernetesClient, until } from '../support/kubernetes-client.ts';
import type { ObjectList } from '../support/kubernetes-object.ts';

/**
 * Every object of a namespace except Events, by kind and name: the API server's JSON, including versions, owners and
 * status.
 */
export type NamespaceSnapshot = ReadonlyMap<string, string>;

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

export async function snapshotNamespace(client: KubernetesClient, namespace: string): Promise<NamespaceSnapshot> {
  const found = new Map<string, string>();
  for (const { root, name, kind } of await listedResources(client)) {
    // A kind that was defined a moment ago answers 429 until its storage exists.
    const { body } = await until(
      `the ${name} of ${namespace}`,
      60_000,
      () => client.call('GET', `${root}/namespaces/${namespace}/${name}`),
      ({ status }) => status === 200,
    );
    for (const item of (body as ObjectList).items) found.set(`${kind} ${item.metadata.name}`, JSON.stringify(item));
  }
  return found;
}

/** Lists what is new, missing or different, one line each. */
export function compareSnapshots(before: NamespaceSnapshot, after: NamespaceSnapshot): readonly string[] {
  const gone = [...before.keys()].filter(object => !after.has(object)).map(object => `${object} is gone`);
  const others = [...after].flatMap(([object, text]) => {
    const was = before.get(object);
    if (was === undefined) return [`${object} is new`];
    return was === text ? [] : [`${object}: ${describeChange(was, text)}`];
  });
  return [...gone, ...others];
}

/** Lists the kinds with objects in namespaces, each in its group's preferred version. */
async function listedResources(
  client: KubernetesClient,
): Promise<readonly (ApiResource & { readonly root: string })[]> {
  const { body } = await client.call('GET', '/apis');
  const { groups } = body as { groups: readonly { preferredVersion: { groupVersion: string } }[] };
  const roots = ['/api/v1', ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const found = await Promise.all(
    roots.map(async root => {
      const answer = await client.call('GET', root);
      const { resources = [] } = answer.body as { resources?: readonly ApiResource[] };
      return resources.map(resource => ({ ...resource, root }));
    }),
  );
  return found
    .flat()
    .filter(
      ({ name, kind, namespaced, verbs }) =>
        namespaced && verbs.includes('list') && kind !== 'Event' && !name.includes('/'),
    );
}

function describeChange(was: string, is: string): string {
  const at = [...is].findIndex((letter, index) => letter !== was[index]);
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `…${around(was)}… became …${around(is)}…`;
}
