import type { CounterSeries } from '../history/write-open-metrics.ts';
import type { KubernetesObject } from '../support/kubernetes-object.ts';

const stepSeconds = 15;
const stepMs = stepSeconds * 1000;

/** The part of a ScalingTarget about its demand. */
interface TargetSpec {
  readonly demand: { readonly query: string };
  readonly entryPoint: boolean;
  readonly calls: readonly { readonly target: string; readonly perThousandRequests: number }[];
}

export interface DemandAsk {
  readonly targets: readonly KubernetesObject[];
  /** Requests per second at each entry point, before the sale. */
  readonly entryDemand: number;
  /** Epoch ms. */
  readonly from: number;
  /** Epoch ms. */
  readonly until: number;
  /** The sale in epoch ms, and the factor by which it multiplies demand. */
  readonly sale?: { readonly start: number; readonly end: number; readonly factor: number };
}

/** One counter, and the name of its family without `_total`. */
export interface FamilyCounter extends CounterSeries {
  readonly family: string;
}

/**
 * Computes the demand on each service of an environment, as its target's query counts it, passed on along the calls.
 */
export function marketplaceDemand({ targets, entryDemand, from, until, sale }: DemandAsk): readonly FamilyCounter[] {
  const start = Math.floor(from / stepMs) * stepMs;
  const factors = Array.from({ length: Math.ceil((until - start) / stepMs) }, (_, index) => {
    const at = start + index * stepMs;
    return sale !== undefined && sale.start <= at && at < sale.end ? sale.factor : 1;
  });
  return targets.map(target => {
    const demand = demandOf(target.metadata.name, targets, entryDemand);
    const rate = { start, stepSeconds, values: factors.map(factor => demand * factor) };
    return { ...readQuery(specOf(target).demand.query), rate };
  });
}

/** Parses `sum(rate(FAMILY_total{LABELS}[1m]))`, the query of every synthesized target. */
function readQuery(query: string): { readonly family: string; readonly labels: Readonly<Record<string, string>> } {
  const [, family = '', labels = ''] = /^sum\(rate\((\w+)_total\{(.*)\}\[1m\]\)\)$/.exec(query) ?? [];
  if (family === '') throw new Error(`no counter can be made for ${query}`);
  const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]);
  return { family, labels: Object.fromEntries(pairs) };
}

function demandOf(name: string, targets: readonly KubernetesObject[], entryDemand: number): number {
  const isEntry = targets.some(target => target.metadata.name === name && specOf(target).entryPoint);
  if (isEntry) return entryDemand;
  return targets
    .flatMap(caller => specOf(caller).calls.map(call => ({ ...call, caller: caller.metadata.name })))
    .filter(({ target }) => target === name)
    .reduce((sum, { caller, perThousandRequests }) => {
      return sum + (demandOf(caller, targets, entryDemand) * perThousandRequests) / 1000;
    }, 0);
}

function specOf({ spec }: KubernetesObject): TargetSpec {
  return spec as unknown as TargetSpec;
}
