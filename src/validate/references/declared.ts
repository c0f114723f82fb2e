import { closestWord } from '../../api/faults/closest-word.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { isBuiltInGroup } from '../../schema/built-in-kinds.ts';
import type { Remark } from '../finding.ts';

/** The objects of a folder by kind, namespace and name, and what controllers make of them. */
export interface Declared {
  find(kind: string, namespace: string, name: string): ManifestObject | undefined;
  /** Whether an object of another project names it, as an ExternalSecret names its Secret, or is its likely owner. */
  isMade(namespace: string, name: string): boolean;
  /** Whether objects of other projects make pods or Services of their own in a namespace. */
  hasMakers(namespace: string): boolean;
  /** The objects of a kind in a namespace. */
  ofKind(kind: string, namespace: string): readonly ManifestObject[];
}

/** Makes the look-up of the objects of a folder. */
export function declaredIn(objects: readonly ManifestObject[]): Declared {
  const known = index.get(objects) ?? makeIndex(objects);
  index.set(objects, known);
  return known;
}

/** Groups of other projects whose objects make no object that a pod could name. */
const makesNothing =
  /^(gateway\.networking\.k8s\.io|headstart\.dev|monitoring\.coreos\.com|(networking|security|telemetry)\.istio\.io|keda\.sh|autoscaling\.(k8s|x-k8s)\.io|karpenter\.sh)\//;

const index = new WeakMap<readonly ManifestObject[], Declared>();

function makeIndex(objects: readonly ManifestObject[]): Declared {
  const byKind = Map.groupBy(objects, ({ kind, namespace }) => `${kind} ${namespace}`);
  const byName = new Map(objects.map(object => [`${object.kind} ${object.namespace}/${object.name}`, object]));
  const makers = Map.groupBy(
    objects.filter(({ apiVersion }) => !isBuiltInGroup(apiVersion) && !makesNothing.test(apiVersion)),
    ({ namespace }) => namespace,
  );
  const texts = new Map(
    [...makers].map(([namespace, made]) => [
      namespace,
      made.map(each => [each.name, JSON.stringify(each.value)] as const),
    ]),
  );
  return {
    find: (kind, namespace, name) => byName.get(`${kind} ${namespace}/${name}`),
    ofKind: (kind, namespace) => byKind.get(`${kind} ${namespace}`) ?? [],
    hasMakers: namespace => texts.has(namespace),
    isMade: (namespace, name) =>
      (texts.get(namespace) ?? []).some(
        ([maker, text]) => name === maker || name.startsWith(`${maker}-`) || text.includes(JSON.stringify(name)),
      ),
  };
}

/** A reference by name to another object of the namespace, or of the cluster. */
export interface Reference {
  /** The object that refers. */
  readonly from: ManifestObject;
  readonly kind: string;
  /** Empty for kinds of the cluster. */
  readonly namespace: string;
  readonly name: string;
}

/**
 * Returns why a reference finds nothing; undefined when it finds its object. It is an error where the folder shows that
 * the object belongs to it, and a warning where it may be in another:
 *
 *   among the objects                                 error
 *   one of the kind with nearly the same name          did you mean …?
 *   others of the kind, near the one that refers        the name is not among them
 *   nothing like it                                    a warning
 *
 * "Near" is the same folder, or, where the namespace is written down, one beside it; for accounts and roles the same
 * folder alone. Secrets and ClusterRoles are often of other folders, whatever is near.
 */
export function missingReference(
  { from, kind, namespace, name }: Reference,
  declared: Declared,
): Required<Pick<Remark, 'severity' | 'message'>> | undefined {
  if (name.includes('$') || declared.find(kind, namespace, name) !== undefined) return undefined;
  if (kind !== 'Service' && declared.isMade(namespace, name)) return undefined;
  const others = declared.ofKind(kind, namespace);
  const near = closestWord(
    name,
    others.map(each => each.name).filter(each => !isNumbered(each, name)),
  );
  const missing = `${kind} ${name} is not in this folder`;
  if (near !== undefined) return { severity: 'error', message: `${missing}; did you mean ${near}?` };
  const isOfFolder = kind === 'Role' || kind === 'ServiceAccount';
  const around = others
    .filter(each => (isOfFolder ? folderOf(each.file) === folderOf(from.file) : isNear(each, from)))
    .map(each => each.name);
  if (around.length === 0 || kind === 'Secret' || kind === 'ClusterRole')
    return { severity: 'warning', message: missing };
  const listed = around.slice(0, 3).join(', ');
  return { severity: 'error', message: `${missing}, which has ${listed}${around.length > 3 ? ', …' : ''}` };
}

/** Whether two names differ in a number alone, as `orders-0` and `orders-1`: neither is a slip of the other. */
function isNumbered(one: string, other: string): boolean {
  return one !== other && one.replaceAll(/\d+/g, '#') === other.replaceAll(/\d+/g, '#');
}

function isNear(one: ManifestObject, other: ManifestObject): boolean {
  const isNamed = one.namespace !== 'default';
  const [a, b] = [folderOf(one.file), folderOf(other.file)];
  return a === b || (isNamed && folderOf(a) === folderOf(b));
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}
