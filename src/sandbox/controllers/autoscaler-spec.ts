import { parseQuantity } from '../../api/quantity.ts';
import type { AutoscalerSpec, MetricSpec, ScalingRules } from '../../simulate/hpa-spec.ts';
import type { AutoscalerObject, MetricObject } from './workload-objects.ts';

type RulesObject = NonNullable<NonNullable<AutoscalerObject['spec']['behavior']>['scaleUp']>;

/**
 * Parses an HPA's spec for the algorithm: quantities as numbers, the API's defaults filled in (one replica; 80 % of the
 * CPU when no metric is named).
 */
export function parseAutoscalerSpec(spec: AutoscalerObject['spec']): AutoscalerSpec {
  const metrics = (spec.metrics ?? []).map(parseMetric);
  const { scaleUp, scaleDown } = spec.behavior ?? {};
  return {
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    metrics: metrics.length > 0 ? metrics : [{ type: 'Resource', name: 'cpu', averageUtilization: 80 }],
    ...(spec.behavior === undefined
      ? {}
      : {
          behavior: {
            ...(scaleUp === undefined ? {} : { scaleUp: parseRules(scaleUp) }),
            ...(scaleDown === undefined ? {} : { scaleDown: parseRules(scaleDown) }),
          },
        }),
  };
}

function parseMetric(metric: MetricObject): MetricSpec {
  if (metric.resource !== undefined) {
    const { name, target } = metric.resource;
    return target.averageUtilization === undefined
      ? { type: 'Resource', name, averageValue: toNumber(target.averageValue) }
      : { type: 'Resource', name, averageUtilization: target.averageUtilization };
  }
  if (metric.external !== undefined) {
    const { metric: named, target } = metric.external;
    return target.averageValue === undefined
      ? { type: 'External', name: named.name, value: toNumber(target.value) }
      : { type: 'External', name: named.name, averageValue: toNumber(target.averageValue) };
  }
  const type = metric.type === 'Pods' || metric.type === 'Object' ? metric.type : 'ContainerResource';
  return { type, name: metric.type };
}

function parseRules({ tolerance, ...rules }: RulesObject): ScalingRules {
  return tolerance === undefined ? rules : { ...rules, tolerance: toNumber(tolerance) };
}

function toNumber(quantity: string | number | undefined): number {
  return parseQuantity(String(quantity ?? 0));
}
