import { k8s } from 'cdk8s-plus-27';
import type { ServiceFacts } from '../../facts/facts-schema.ts';
import { runtimeDefaults } from '../../facts/pods/runtime-defaults.ts';

/** A container's arguments and variables: those of the charts, of its runtime and of the service itself. */
export function statedContainer(
  facts: ServiceFacts,
  ours: { readonly env: readonly k8s.EnvVar[]; readonly envFrom: readonly k8s.EnvFromSource[] },
) {
  return {
    ...(facts.args.length === 0 ? {} : { args: [...facts.args] }),
    env: variablesOf(facts, ours.env),
    envFrom: [...ours.envFrom, ...variableSources(facts)],
  };
}

/** The variables without those of ours that the service states itself. */
function variablesOf(facts: ServiceFacts, ours: readonly k8s.EnvVar[]): k8s.EnvVar[] {
  const runtime = Object.entries(runtimeDefaults(facts)).map(([name, value]) => ({ name, value }));
  const stated = Object.entries(facts.env).map(([name, from]) => ({ name, ...variableFrom(from) }));
  return [...[...ours, ...runtime].filter(({ name }) => !Object.hasOwn(facts.env, name)), ...stated];
}

function variableFrom(from: ServiceFacts['env'][string]): Omit<k8s.EnvVar, 'name'> {
  if (typeof from === 'string') return { value: from };
  return {
    valueFrom:
      'secret' in from
        ? { secretKeyRef: { name: from.secret, key: from.key } }
        : { configMapKeyRef: { name: from.configMap, key: from.key } },
  };
}

/** The Secrets and ConfigMaps whose keys a service takes for variables. */
function variableSources({ envFrom }: ServiceFacts): k8s.EnvFromSource[] {
  return envFrom.map(from =>
    'secret' in from ? { secretRef: { name: from.secret } } : { configMapRef: { name: from.configMap } },
  );
}

/** The volumes that a service states, and their mounts. */
export function statedVolumes({ volumes }: ServiceFacts) {
  return {
    volumes: volumes.map(({ name, from }): k8s.Volume => {
      if ('secret' in from) return { name, secret: { secretName: from.secret } };
      if ('configMap' in from) return { name, configMap: { name: from.configMap } };
      if ('claim' in from) return { name, persistentVolumeClaim: { claimName: from.claim } };
      return { name, emptyDir: { sizeLimit: k8s.Quantity.fromString(`${from.emptyMebibytes}Mi`) } };
    }),
    mounts: volumes.map(({ name, mountPath, from }) => ({
      name,
      mountPath,
      ...('secret' in from || 'configMap' in from ? { readOnly: true } : {}),
    })),
  };
}

/** The fields of a pod that are left out where a service states nothing. */
export function statedPod({ imagePullSecrets, tolerations }: ServiceFacts): Partial<k8s.PodSpec> {
  return {
    ...(imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map(name => ({ name })) }),
    ...(tolerations.length === 0 ? {} : { tolerations: tolerations.map(toleration => ({ ...toleration })) }),
  };
}

/** The disk of a node that a pod requests: what the service states, and what its pages take. */
export function diskRequest(facts: ServiceFacts, pages: { readonly mebibytes: number } | undefined) {
  const ofPages = pages === undefined ? 0 : pages.mebibytes + 512;
  const total = ofPages + (facts.ephemeralStorageMebibytes ?? 0);
  return total === 0 ? {} : { 'ephemeral-storage': k8s.Quantity.fromString(`${total}Mi`) };
}

/** What an HPA scales by. */
export function metricsOf({ metrics }: ServiceFacts): k8s.MetricSpecV2[] {
  return metrics.map(metric => {
    if ('resource' in metric) {
      const target = { type: 'Utilization', averageUtilization: metric.utilizationPercent };
      return { type: 'Resource', resource: { name: metric.resource, target } };
    }
    const target = { type: 'AverageValue', averageValue: k8s.Quantity.fromString(metric.averageValue) };
    if ('pods' in metric) return { type: 'Pods', pods: { metric: { name: metric.pods }, target } };
    const selector = Object.keys(metric.labels).length === 0 ? {} : { selector: { matchLabels: metric.labels } };
    return { type: 'External', external: { metric: { name: metric.external, ...selector }, target } };
  });
}

/** The annotations of a service's account; left out where it states none. */
export function accountAnnotations({ accountAnnotations: annotations }: ServiceFacts) {
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}
