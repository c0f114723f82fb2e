import { ownValue } from '../api/names/own-value.ts';
import { isJsonObject } from '../schema/json.ts';
import type { ManifestObject } from './manifest-object.ts';

type Labels = Readonly<Record<string, string>>;

interface LabelledPath {
  readonly path: readonly string[];
  /** The labels are added where there are some already. @default false */
  readonly onlyIfThere?: boolean;
}

const own: LabelledPath = { path: ['metadata', 'labels'] };
const pods: LabelledPath = { path: ['spec', 'template', 'metadata', 'labels'] };
const workload = [{ path: ['spec', 'selector', 'matchLabels'] }, pods];

/** Where kustomize writes common labels, besides an object's own. */
const labelledPaths: ReadonlyMap<string, readonly LabelledPath[]> = new Map<string, readonly LabelledPath[]>([
  ['Deployment', workload],
  ['StatefulSet', workload],
  ['DaemonSet', workload],
  ['ReplicaSet', workload],
  ['Job', [pods]],
  ['CronJob', [{ path: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'] }]],
  ['Service', [{ path: ['spec', 'selector'] }]],
  ['PodDisruptionBudget', [{ path: ['spec', 'selector', 'matchLabels'], onlyIfThere: true }]],
  ['NetworkPolicy', [{ path: ['spec', 'podSelector', 'matchLabels'], onlyIfThere: true }]],
]);

/**
 * Returns an object with the labels that its kustomization gives to all objects, in its selectors as well.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/blob/api/v0.21.1/api/internal/konfig/builtinpluginconsts/commonlabels.go
 */
export function withCommonLabels(object: ManifestObject, labels: Labels | undefined): ManifestObject {
  if (labels === undefined) return object;
  const value = [own, ...(labelledPaths.get(object.kind) ?? [])].reduce(
    (labelled, { path, onlyIfThere }) => merge(labelled, path, labels, onlyIfThere === true),
    object.value,
  );
  return { ...object, value };
}

function merge(
  value: Readonly<Record<string, unknown>>,
  [key, ...rest]: readonly string[],
  labels: Labels,
  onlyIfThere: boolean,
): Readonly<Record<string, unknown>> {
  if (key === undefined) return { ...value, ...labels };
  const inner = ownValue(value, key) ?? undefined;
  if ((inner === undefined && onlyIfThere) || (inner !== undefined && !isJsonObject(inner))) return value;
  return { ...value, [key]: merge(inner ?? {}, rest, labels, onlyIfThere) };
}
