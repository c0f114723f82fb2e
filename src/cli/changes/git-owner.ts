import { listFieldOwners } from '../../kube/resources/field-owners.ts';
import type { KubeObject } from '../../kube/resources/wire.ts';
import { writeYaml } from '../output/write-yaml.ts';

/** Field managers of the tools that keep a cluster as Git says. */
const gitTools = new Map([
  ['argocd-controller', 'Argo CD'],
  ['argocd-application-controller', 'Argo CD'],
  ['kustomize-controller', 'Flux'],
  ['helm-controller', 'Flux'],
  ['fleet-agent', 'Fleet'],
]);

/** A field of an object that a command is about to set. */
export interface FieldChange {
  /** Kind, namespace and name, for people: `FlashSale shop/drop`. */
  readonly what: string;
  /** Path of names: `['spec', 'cancelled']`. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Describes who keeps a field in Git, and the change to make there; undefined when nobody does. */
export function describeGitOwner(object: KubeObject, { what, path, value }: FieldChange): string | undefined {
  const owners = listFieldOwners(object.metadata?.managedFields, [path]);
  const [owner] = owners.flatMap(({ manager }) => {
    const tool = gitTools.get(manager);
    return tool === undefined ? [] : [{ manager, tool }];
  });
  if (owner === undefined) return undefined;
  const change = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const yaml = writeYaml(change).replace(/^/gm, '  ').trimEnd();
  return `${what}: ${path.join('.')} is kept in Git by ${owner.tool} (${owner.manager}), which would put it back. Change it there:\n\n${yaml}\n`;
}

/**
 * Refuses a change of a field that is kept in Git, unless it is forced; returns what to tell then.
 *
 * @throws Error with the change to make in Git
 */
export function refuseGitOwned(
  object: KubeObject,
  change: FieldChange,
  { force, canForce }: { readonly force: boolean; readonly canForce: boolean },
): string | undefined {
  const told = describeGitOwner(object, change);
  if (told === undefined || force) return told;
  throw new Error(canForce ? `${told}\n--force sets it here all the same, until the next sync.` : told);
}
