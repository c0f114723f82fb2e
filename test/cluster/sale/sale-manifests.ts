import type { HistoricSale } from '../history/demand-history.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';

/** A service of a scenario's shop, with its share of the entry point's demand. */
export interface ScenarioService {
  readonly name: string;
  /** Share (0–1) of the gateway's demand. */
  readonly share: number;
  readonly capacityPerReplica: number;
  readonly baseline: { readonly minReplicas: number; readonly maxReplicas: number };
  /** Target of its HPA in percent of the capacity: the lower, the more replicas for the same demand. @default 40 */
  readonly hpaTargetPercent?: number;
  /** Headroom of its ScalingTarget. @default 15 */
  readonly headroomPercent?: number;
}

export const ceiling = 120;
export const headroomPercent = 15;
export const leadTimeSeconds = 45;

/**
 * The shop's entry point in every scenario. Each baseline is below what an ordinary minute needs, so each floor is a
 * raise.
 */
export const gateway: ScenarioService = {
  name: 'gateway',
  share: 1,
  capacityPerReplica: 80,
  baseline: { minReplicas: 4, maxReplicas: 40 },
};

/**
 * The entry point when demand is higher than stated: an HPA with a target of 30 % keeps ahead of the demand even when
 * its pods are Ready two minutes late, and its own maximum is high enough for all of it. It has no headroom, so that its
 * floor stays below the demand.
 */
export const eagerGateway: ScenarioService = {
  ...gateway,
  hpaTargetPercent: 30,
  headroomPercent: 0,
  baseline: { ...gateway.baseline, maxReplicas: 60 },
};

export const storefront: ScenarioService = {
  name: 'storefront',
  share: 0.7,
  capacityPerReplica: 80,
  baseline: { minReplicas: 2, maxReplicas: 30 },
};

export const checkout: ScenarioService = {
  name: 'checkout',
  share: 0.025,
  capacityPerReplica: 5,
  baseline: { minReplicas: 1, maxReplicas: 16 },
};

/** Stated peak ÷ actual peak of a sale. */
export const statements = {
  /** So high that the floor covers the demand on any weekday, however much weight the forecast gives the statement. */
  generous: 2.5,
  /** So low that the demand exceeds the floor on any weekday, and is left to the HPA. */
  meagre: 0.2,
} as const;

/** The stated peak of a sale that will reach `peakPercent`, in the FlashSale's percent. */
export function statedPeak(peakPercent: number, statement: keyof typeof statements): number {
  return Math.max(100, Math.round(peakPercent * statements[statement]));
}

export function demandQuery(service: string): string {
  return `sum(rate(http_requests_total{service="${service}"}[1m]))`;
}

/** The ScalingTarget of one of the shop's services; the entry point calls all the others. */
export function scalingTarget(
  { name, baseline, capacityPerReplica, headroomPercent: headroom = headroomPercent }: ScenarioService,
  services: readonly ScenarioService[],
  namespace: string,
): KubernetesObject {
  const isEntry = name === gateway.name;
  const called = services.filter(service => service.name !== gateway.name);
  return {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'ScalingTarget',
    metadata: { name, namespace },
    spec: {
      workloadRef: { name },
      mode: 'Apply',
      baseline,
      ceiling,
      capacityPerReplica: String(capacityPerReplica),
      headroomPercent: headroom,
      demand: { query: demandQuery(name) },
      leadTimeSeconds,
      entryPoint: isEntry,
      ...(isEntry
        ? { calls: called.map(callee => ({ target: callee.name, perThousandRequests: callee.share * 1000 })) }
        : {}),
    },
  };
}

/** Rules of every scenario: bounds are raised as late as they may be, so that the suite is short. */
export const policySpec = { readyBeforeSeconds: 0 } as const;

/** The ScalingPolicy of a scenario. */
export function scalingPolicy(namespace: string): KubernetesObject {
  return {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'ScalingPolicy',
    metadata: { name: 'default', namespace },
    spec: policySpec,
  };
}

/** The FlashSale of a past or upcoming sale. */
export function flashSale(
  { name, start, end }: HistoricSale,
  namespace: string,
  expectedPeakPercent: number,
): KubernetesObject {
  return {
    apiVersion: 'headstart.dev/v1alpha1',
    kind: 'FlashSale',
    metadata: { name, namespace },
    spec: { startTime: new Date(start).toISOString(), endTime: new Date(end).toISOString(), expectedPeakPercent },
  };
}
