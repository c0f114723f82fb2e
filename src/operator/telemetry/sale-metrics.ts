import { Gauge, type Registry } from 'prom-client';
import type { SaleOutlook } from '../../plan/plan.ts';
import type { Sample } from './namespace-series.ts';

type SaleLabel = 'namespace' | 'sale' | 'sale_plan';

/** Metrics of each sale that is not over, one series per occurrence. */
export interface SaleMetrics {
  readonly saleVerdict: Gauge<SaleLabel | 'verdict'>;
  readonly salePrescale: Gauge<SaleLabel>;
  readonly saleStart: Gauge<SaleLabel>;
  readonly saleEnd: Gauge<SaleLabel>;
}

/** Registers the metrics of sales in a registry. */
export function createSaleMetrics(registry: Registry): SaleMetrics {
  const registers = [registry];
  const labelNames = ['namespace', 'sale', 'sale_plan'] as const;
  return {
    saleVerdict: new Gauge({
      name: 'headstart_sale_verdict',
      help: '1 for the verdict on a sale that is not over (NotDue, Go, AtRisk or NoGo); the other verdicts have no series.',
      labelNames: [...labelNames, 'verdict'],
      registers,
    }),
    salePrescale: new Gauge({
      name: 'headstart_sale_prescale_timestamp_seconds',
      help: 'When the bounds of a sale that is not over are raised.',
      labelNames,
      registers,
    }),
    saleStart: new Gauge({
      name: 'headstart_sale_start_timestamp_seconds',
      help: 'When a sale that is not over starts.',
      labelNames,
      registers,
    }),
    saleEnd: new Gauge({
      name: 'headstart_sale_end_timestamp_seconds',
      help: 'When a sale that is not over ends.',
      labelNames,
      registers,
    }),
  };
}

/** What the metrics of one sale show. */
type ShownSale = Pick<SaleOutlook, 'sale' | 'salePlan' | 'prescaleTime' | 'start' | 'end' | 'stage' | 'conditions'>;

/** Returns the samples of every one of some sales that is not over. */
export function saleSamples(
  metrics: SaleMetrics,
  { namespace, sales }: { readonly namespace: string; readonly sales: readonly ShownSale[] },
): readonly Sample[] {
  const open = sales.filter(({ stage }) => stage !== 'Past' && stage !== 'Over');
  return open.flatMap(outlook => {
    const { sale, salePlan, prescaleTime, start, end } = outlook;
    const labels = { namespace, sale, sale_plan: salePlan };
    const verdict = verdictOf(outlook);
    return [
      { gauge: metrics.salePrescale, labels, value: prescaleTime / 1000 },
      { gauge: metrics.saleStart, labels, value: start / 1000 },
      { gauge: metrics.saleEnd, labels, value: end / 1000 },
      ...(verdict === undefined ? [] : [{ gauge: metrics.saleVerdict, labels: { ...labels, verdict }, value: 1 }]),
    ];
  });
}

/** Returns the reason of the condition `CapacityReady`; undefined for a deleted sale, which has no conditions. */
function verdictOf({ conditions }: ShownSale): string | undefined {
  return conditions.find(({ type }) => type === 'CapacityReady')?.reason;
}
