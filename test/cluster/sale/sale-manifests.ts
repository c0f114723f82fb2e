import type { HistoricSale } from '../history/demand-history.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';

/** A service of a scenario's shop: who it is, and its part of the entry point's demand. */
export interface ScenarioService {
  readonly name: string;
  /** Of the gateway's demand. */
  readonly share: number;
  readonly capacityPerReplica: number;
  readonly baseline: { readonly minReplicas: number; readonly maxReplicas: number };
  /** What its HPA aims at, in percent of the capacity: the lower, the more it wants for the same demand. @default 40 */
  readonly hpaTargetPercent?: number;
}

export const ceiling = 120;
export const headroomPercent = 15;
export const leadTimeSeconds = 45;

/** The shop's entry point in every scenario. Every baseline is below what an ordinary minute needs, so that each floor is a raise. */
export const gateway: ScenarioService = {
  name: 'gateway',
  share: 1,
  capacityPerReplica: 80,
  baseline: { minReplicas: 4, maxReplicas: 40 },
};

/**
 * The entry point where more comes than was stated: an HPA that aims at 30 % keeps ahead of the demand even when its pods
 * are Ready two minutes late, and its own maximum has room for all that comes.
 */
export const eagerGateway: ScenarioService = {
  ...gateway,
  hpaTargetPercent: 30,
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

/** How a sale is announced in proportion to what it will bring. */
export const statements = {
  /** So much that the floor covers all that comes, on any weekday and however much the forecast makes of the statement. */
  generous: 2.5,
  /** So little that what comes is above the floor on any weekday, and left to the HPA. */
  meagre: 0.3,
} as const;

/** What is stated of a sale that will bring `peakPercent`, in the FlashSale's own percent. */
export function statedPeak(peakPercent: number, statement: keyof typeof statements): number {
  return Math.max(100, Math.round(peakPercent * statements[statement]));
}

export function demandQuery(service: string): string {
  return `sum(rate(http_requests_total{service="${service}"}[1m]))`;
}

/** The ScalingTarget of one of the shop's services; the entry point calls all the others. */
export function scalingTarget(
  { name, baseline, capacityPerReplica }: ScenarioService,
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
      headroomPercent,
      demand: { query: demandQuery(name) },
      leadTimeSeconds,
      entryPoint: isEntry,
      ...(isEntry
        ? { calls: called.map(callee => ({ target: callee.name, perThousandRequests: callee.share * 1000 })) }
        : {}),
    },
  };
}

/** The FlashSale of a sale, past or to come. */
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
