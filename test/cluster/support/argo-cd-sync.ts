import { listRefusals, readLive } from './apply-manifests.ts';
import type { KubernetesClient } from './kubernetes-client.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

export const argoCd = 'argocd-controller';

/** What a synced Application says of ignored differences. */
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
 * A sync as Argo CD makes it with ServerSideApply: every manifest applied by force. With an Application, what its rules
 * ignore is taken from the live object first, where it also says RespectIgnoreDifferences: Argo CD's normalizeTargetResources
 * copies those fields from the live object into what it applies.
 *
 * @returns what was refused, a sentence each
 */
export async function syncAsArgoCd(
  client: KubernetesClient,
  manifests: readonly KubernetesObject[],
  application?: KubernetesObject,
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const manifest of manifests) {
    const rules = application === undefined ? [] : rulesFor(manifest, application.spec as ApplicationSpec);
    const pointers = rules.flatMap(pointersOf);
    const target =
      pointers.length === 0 ? manifest : copyPointers(await readLive(client, manifest), manifest, pointers);
    refused.push(...(await listRefusals(client, [target], { fieldManager: argoCd })));
  }
  return refused;
}

function rulesFor(
  { apiVersion, kind, metadata }: KubernetesObject,
  { ignoreDifferences = [], syncPolicy }: ApplicationSpec,
): readonly IgnoreRule[] {
  if (!syncPolicy?.syncOptions?.includes('RespectIgnoreDifferences=true')) return [];
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return ignoreDifferences.filter(
    rule =>
      (rule.group ?? '') === group &&
      rule.kind === kind &&
      [undefined, metadata.name].includes(rule.name) &&
      [undefined, metadata.namespace].includes(rule.namespace),
  );
}

/** @throws Error for a rule of a kind that is not played here */
function pointersOf({ jsonPointers = [], jqPathExpressions, managedFieldsManagers }: IgnoreRule): readonly string[] {
  if (jqPathExpressions !== undefined || managedFieldsManagers !== undefined)
    throw new Error('only the jsonPointers of an ignore rule are played here');
  return jsonPointers;
}

/** The manifest with the live values at those pointers; what the live object has not is not there. */
function copyPointers(
  live: KubernetesObject,
  manifest: KubernetesObject,
  pointers: readonly string[],
): KubernetesObject {
  return pointers.reduce<KubernetesObject>((copy, pointer) => {
    const keys = pointer
      .split('/')
      .slice(1)
      .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    return withValue(copy, live, keys) as KubernetesObject;
  }, manifest);
}

function withValue(copy: unknown, live: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return live;
  const [to, from] = [copy, live].map(each => (typeof each === 'object' && each !== null ? each : {}));
  const { [key]: old, ...others } = to as Record<string, unknown>;
  const value = withValue(old, (from as Record<string, unknown>)[key], rest);
  return value === undefined ? others : { ...others, [key]: value };
}
