import { group as ownGroup } from '../group.ts';
import { ownValue } from '../names/own-value.ts';

/** The object that an HPA belongs to and whose controller writes the HPA's bounds. */
export interface AutoscalerOwner {
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of the owner; empty when the HPA does not state it. */
  readonly name: string;
}

/** Part of an HPA's metadata that names its owner. */
interface OwnedMeta {
  readonly ownerReferences?: readonly (AutoscalerOwner & { readonly controller?: boolean })[] | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/**
 * Kinds known to create an HPA and to rewrite its bounds in each of their reconciles, by kind and group, with how to
 * ask each for more replicas.
 */
const knownOwners: Readonly<Record<string, string>> = {
  'DatadogPodAutoscaler.datadoghq.com': 'raise its spec.constraints.minReplicas',
  'WatermarkPodAutoscaler.datadoghq.com': 'raise its spec.minReplicas',
  'Tortoise.autoscaling.mercari.com': 'set its spec.updateMode to Emergency',
  'PodAutoscaler.autoscaling.internal.knative.dev':
    "raise the annotation autoscaling.knative.dev/min-scale in its Service's template",
  'EffectiveHorizontalPodAutoscaler.autoscaling.crane.io': 'raise its spec.minReplicas',
  'InferenceService.serving.kserve.io': 'raise its spec.predictor.minReplicas',
  'OpenTelemetryCollector.opentelemetry.io': 'raise its spec.autoscaler.minReplicas',
  'Canary.flagger.app': 'raise spec.minReplicas of the HPA that its spec.autoscalerRef names',
  'SeldonDeployment.machinelearning.seldon.io': 'raise the minReplicas of its hpaSpec',
  'DataPlane.gateway-operator.konghq.com': 'raise its spec.deployment.scaling.horizontal.minReplicas',
};

const autoscalerKind = /autoscal|scaled|scaler|scaling|hpa$|^tortoise$/i;
const autoscalerGroup = /(^|\.)(keda|autoscaling)(\.|$)/;

/** Annotations that a Tortoise leaves on the HPAs that it writes, including those that it did not create. */
const tortoiseNames = ['tortoise', 'tortoises'].map(prefix => `${prefix}.autoscaling.mercari.com/tortoise-name`);
const managedByTortoise = 'tortoise.autoscaling.mercari.com/managed-by-tortoise';

/**
 * Returns the autoscaler that owns an HPA, preferring its controller; undefined when it has no owner or its owner is no
 * autoscaler.
 */
export function autoscalerOwner({ ownerReferences = [], annotations = {} }: OwnedMeta): AutoscalerOwner | undefined {
  const controllersFirst = ownerReferences.toSorted(
    (a, b) => Number(b.controller ?? false) - Number(a.controller ?? false),
  );
  const owner = controllersFirst.find(isAutoscaler);
  if (owner !== undefined) return { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name };
  const name = tortoiseNames.map(key => ownValue(annotations, key)).find(value => value !== undefined);
  if (name === undefined && annotations[managedByTortoise] !== 'true') return undefined;
  return { apiVersion: 'autoscaling.mercari.com/v1beta3', kind: 'Tortoise', name: name ?? '' };
}

/** Describes who owns an HPA and what to do instead: `HPA gateway is owned by ScaledObject shop/gateway: …`. */
export function describeOwned(hpa: string, namespace: string, owner: AutoscalerOwner): string {
  const name = owner.name === '' ? `a ${owner.kind}` : `${owner.kind} ${namespace}/${owner.name}`;
  if (owner.kind === 'ScaledObject' && groupOf(owner) === 'keda.sh')
    return `HPA ${hpa} is made by ${name}, which cannot be read: let Headstart get, list, watch and patch scaledobjects of keda.sh, or raise its spec.minReplicaCount for the sale.`;
  const raise = ownValue(knownOwners, `${owner.kind}.${groupOf(owner)}`) ?? 'raise its minimum';
  return `HPA ${hpa} is owned by ${name}, whose controller undoes other changes: ${raise} for the sale, or replace it by an HPA of your own; no ${owner.kind} is raised by Headstart yet.`;
}

function isAutoscaler(owner: AutoscalerOwner): boolean {
  const group = groupOf(owner);
  if (group === ownGroup) return false;
  const isKnown = group === 'keda.sh' || Object.hasOwn(knownOwners, `${owner.kind}.${group}`);
  return isKnown || autoscalerKind.test(owner.kind) || autoscalerGroup.test(group);
}

function groupOf({ apiVersion }: AutoscalerOwner): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
