import { parse, stringify } from 'yaml';
import { apiVersion } from '../../api/group.ts';
import { parseScalingTarget, type ScalingTargetSpec } from '../../api/scaling-target.ts';
import { readAutoscaler } from '../../kube/resources/read-autoscaler.ts';
import { readScaledObject } from '../../kube/resources/read-scaled-object.ts';
import type { autoscalers, ScaledObject } from '../../kube/resources/resource-kind.ts';
import type { KubeObject } from '../../kube/resources/wire.ts';
import { stateCapacity, unknownCapacity } from '../../learn/capacity/describe-capacity.ts';
import { capacityOfMetrics } from './capacity-of-metrics.ts';
import { refuseAdoption } from './refuse-adoption.ts';

type Autoscaler = NonNullable<(typeof autoscalers)['object']>;

/** Fields of a ScalingTarget that its HPA does not contain. */
export interface AdoptedFields {
  /** @default the workload's name */
  readonly name?: string;
  /** Requests per second of one ready replica; @default what the HPA states, else none */
  readonly capacity?: string;
  readonly query?: string;
  readonly source: string;
  /** @default three times the HPA's maximum */
  readonly ceiling?: number;
  /** The ScaledObject that KEDA makes the HPA of, where it can be read. */
  readonly scaledObject?: ScaledObject | undefined;
  /** Whom it calls, as measured. @default none */
  readonly calls?: ScalingTargetSpec['calls'] | undefined;
}

/** The highest number of replicas that a ScalingTarget may state. */
const mostReplicas = 100_000;

/**
 * Formats the ScalingTarget of an HPA as YAML, in mode ForecastOnly: watch first, then promote. `targets` are those
 * that the namespace has. Our own parser accepts the result.
 *
 * @throws Error with the reason and the next step, when the HPA cannot be adopted or does not state enough
 */
export function formatAdopted(hpa: Autoscaler, fields: AdoptedFields, targets: readonly KubeObject[] = []): string {
  const { state: hpaState, scales } = readAutoscaler(hpa);
  const { scaledObject } = fields;
  const state = scaledObject === undefined ? hpaState : readScaledObject(scaledObject).state;
  const { minReplicas, maxReplicas } = state;
  const name = fields.name ?? scales.name;
  const refusal = refuseAdoption({ hpa, targets, name, scaledObject });
  if (refusal !== undefined) throw new Error(refusal);
  const { rate, found } = capacityOfMetrics(hpa.spec?.metrics ?? []);
  const capacityPerReplica = fields.capacity ?? rate?.quantity;
  if (fields.query === undefined) {
    throw new Error(
      '--query is needed: the requests per second of the service, as sum(rate(http_requests_total{…}[1m]))',
    );
  }
  const target = {
    apiVersion,
    kind: 'ScalingTarget',
    metadata: { name, namespace: hpa.metadata?.namespace },
    spec: {
      workloadRef: { apiVersion: scales.apiVersion, kind: scales.kind, name: scales.name },
      mode: 'ForecastOnly',
      baseline: { minReplicas, maxReplicas },
      ceiling: fields.ceiling ?? Math.min(3 * maxReplicas, mostReplicas),
      ...(capacityPerReplica === undefined ? {} : { capacityPerReplica }),
      demand: { source: fields.source, query: fields.query },
      ...(fields.calls === undefined || fields.calls.length === 0 ? {} : { calls: [...fields.calls] }),
    },
  };
  // kubectl reads YAML 1.1, where a bare `on` or 1_000 is not a string
  const yaml = stringify(target, { compat: 'yaml-1.1', lineWidth: 0 });
  parseScalingTarget(parse(yaml));
  if (fields.capacity !== undefined) return yaml;
  return rate === undefined
    ? `# HPA ${state.name} scales on ${found}, so ${unknownCapacity}: sales get a guess.\n# ${stateCapacity}\n${yaml}`
    : `# capacityPerReplica is what HPA ${state.name} aims at: ${rate.metric}, ${rate.quantity} per pod.\n${yaml}`;
}
