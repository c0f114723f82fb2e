import type { KubernetesObject } from '../support/kubernetes-object.ts';

/** The part of a synced Application about ignored differences. */
interface ApplicationSpec {
  readonly ignoreDifferences?: readonly IgnoreRule[];
  readonly syncPolicy?: { readonly syncOptions?: readonly string[] };
}

interface IgnoreRule {
  readonly group?: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
  readonly managedFieldsManagers?: readonly string[];
}

/**
 * Lists the JSON pointers that Argo CD's sync of a manifest copies from the live object: those of the Application's
 * matching rules when it has RespectIgnoreDifferences, else none.
 *
 * @throws Error for a rule that names its fields in another way, which is not simulated here
 */
export function ignoredPointers(manifest: KubernetesObject, application: KubernetesObject): readonly string[] {
  const { ignoreDifferences = [], syncPolicy } = application.spec as ApplicationSpec;
  if (!syncPolicy?.syncOptions?.includes('RespectIgnoreDifferences=true')) return [];
  return ignoreDifferences.filter(rule => isFor(rule, manifest)).flatMap(pointersOf);
}

/** Copies the live values at those pointers to the manifest; fields that the live object lacks are removed. */
export function copyPointers(
  manifest: KubernetesObject,
  live: KubernetesObject,
  pointers: readonly string[],
): KubernetesObject {
  return pointers.reduce<unknown>((copy, pointer) => {
    const keys = pointer.split('/').slice(1);
    return withValue(
      copy,
      live,
      keys.map(key => key.replaceAll('~1', '/').replaceAll('~0', '~')),
    );
  }, manifest) as KubernetesObject;
}

function isFor(rule: IgnoreRule, { apiVersion, kind, metadata }: KubernetesObject): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return (
    (rule.group ?? '') === group &&
    rule.kind === kind &&
    [undefined, metadata.name].includes(rule.name) &&
    [undefined, metadata.namespace].includes(rule.namespace)
  );
}

function pointersOf({ jsonPointers = [], jqPathExpressions, managedFieldsManagers }: IgnoreRule): readonly string[] {
  if (jqPathExpressions !== undefined || managedFieldsManagers !== undefined)
    throw new Error('only the jsonPointers of an ignore rule are played here');
  return jsonPointers;
}

function withValue(copy: unknown, live: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return live;
  const [to, from] = [copy, live].map(each => (typeof each === 'object' && each !== null ? each : {}));
  const { [key]: old, ...others } = to as Record<string, unknown>;
  const value = withValue(old, (from as Record<string, unknown>)[key], rest);
  return value === undefined ? others : { ...others, [key]: value };
}
