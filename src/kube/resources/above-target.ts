import type { V2HorizontalPodAutoscaler, V2MetricTarget, V2MetricValueStatus } from '@kubernetes/client-node';
import { parseQuantity } from '../../api/quantity.ts';
import type { Wire } from './wire.ts';

/** Share above its target from which an HPA asks for more replicas; the default of Kubernetes. */
const tolerance = 0.1;

/**
 * Returns whether an HPA stands above the target of one of its metrics by more than its tolerance; undefined where it is
 * above none that its status tells, and one is not told.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details
 */
export function isAboveTarget({ spec, status }: Wire<V2HorizontalPodAutoscaler>): boolean | undefined {
  const currents = (status?.currentMetrics ?? []).flatMap(metric => measuresOf(metric));
  const ratios = (spec?.metrics ?? []).map(metric => {
    const [stated] = measuresOf(metric);
    const current = currents.find(one => one.key === stated?.key)?.current;
    return stated?.target === undefined || current === undefined ? undefined : ratioOf(current, stated.target);
  });
  if (ratios.some(ratio => ratio !== undefined && ratio > 1 + tolerance)) return true;
  return ratios.length === 0 || ratios.includes(undefined) ? undefined : false;
}

interface Measure {
  readonly name?: string;
  readonly container?: string;
  readonly metric?: { readonly name: string; readonly selector?: object };
  readonly describedObject?: object;
  readonly target?: Wire<V2MetricTarget>;
  readonly current?: Wire<V2MetricValueStatus>;
}

/** The one source that a metric, or its status, is of, with a key that both share. */
function measuresOf(metric: {
  readonly type: string;
  readonly resource?: Measure;
  readonly containerResource?: Measure;
  readonly pods?: Measure;
  readonly object?: Measure;
  readonly external?: Measure;
}): readonly (Measure & { readonly key: string })[] {
  const { type, resource, containerResource, pods, object, external } = metric;
  const source = resource ?? containerResource ?? pods ?? object ?? external;
  if (source === undefined) return [];
  const { container, name, metric: { name: metricName, selector } = {}, describedObject } = source;
  return [{ ...source, key: JSON.stringify([type, container, name ?? metricName, selector, describedObject]) }];
}

function ratioOf(current: Wire<V2MetricValueStatus>, target: Wire<V2MetricTarget>): number | undefined {
  const pairs = [
    [current.averageUtilization, target.averageUtilization],
    [quantityOf(current.averageValue), quantityOf(target.averageValue)],
    [quantityOf(current.value), quantityOf(target.value)],
  ];
  const ratios = pairs.flatMap(([is, most]) =>
    is === undefined || most === undefined || most <= 0 ? [] : [is / most],
  );
  return ratios[0];
}

function quantityOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  try {
    return parseQuantity(text);
  } catch {
    return undefined;
  }
}
