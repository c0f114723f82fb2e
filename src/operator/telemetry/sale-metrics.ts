import { Gauge, type Registry } from 'prom-client';
import { isJudged } from '../../api/conditions/verdict.ts';
import type { SaleOutlook } from '../../plan/plan.ts';
import type { Sample } from './namespace-series.ts';

type SaleLabel = 'namespace' | 'sale' | 'sale_plan';

/** Metrics of each sale that is not over, one series per occurrence. */
export interface SaleMetrics {
  readonly saleVerdict: Gauge<SaleLabel | 'verdict'>;
  readonly saleCondition: Gauge<SaleLabel | 'condition' | 'verdict'>;
  readonly saleFindings: Gauge<SaleLabel | 'condition' | 'reason'>;
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
      help: '1 for the verdict on a sale that is not over (NotDue, Go, AtRisk or NoGo), the worse of its conditions Feasible and CapacityReady; the other verdicts have no series.',
      labelNames: [...labelNames, 'verdict'],
      registers,
    }),
    saleCondition: new Gauge({
      name: 'headstart_sale_condition_verdict',
      help: '1 for the verdict of each of the conditions Feasible and CapacityReady of a sale that is not over.',
      labelNames: [...labelNames, 'condition', 'verdict'],
      registers,
    }),
    saleFindings: new Gauge({
      name: 'headstart_sale_findings',
      help: 'Findings that may leave a sale short, by condition and reason; a reason without a finding has no series.',
      labelNames: [...labelNames, 'condition', 'reason'],
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
export type ShownSale = Pick<
  SaleOutlook,
  'sale' | 'salePlan' | 'prescaleTime' | 'start' | 'end' | 'stage' | 'verdict' | 'findings' | 'conditions'
>;

/** Returns the samples of every one of some sales that is not over. */
export function saleSamples(
  metrics: SaleMetrics,
  { namespace, sales }: { readonly namespace: string; readonly sales: readonly ShownSale[] },
): readonly Sample[] {
  const open = sales.filter(({ stage }) => stage !== 'Past' && stage !== 'Over');
  return open.flatMap(outlook => {
    const { sale, salePlan, prescaleTime, start, end, conditions, verdict, findings = [] } = outlook;
    const labels = { namespace, sale, sale_plan: salePlan };
    // A deleted sale has no conditions, and so no verdict.
    const judged = conditions.filter(({ type }) => isJudged(type));
    const found = Map.groupBy(findings, ({ condition, reason }) => `${condition} ${reason}`);
    return [
      { gauge: metrics.salePrescale, labels, value: prescaleTime / 1000 },
      { gauge: metrics.saleStart, labels, value: start / 1000 },
      { gauge: metrics.saleEnd, labels, value: end / 1000 },
      ...(verdict === undefined || judged.length === 0
        ? []
        : [{ gauge: metrics.saleVerdict, labels: { ...labels, verdict }, value: 1 }]),
      ...judged.map(({ type, reason }) => ({
        gauge: metrics.saleCondition,
        labels: { ...labels, condition: type, verdict: reason },
        value: 1,
      })),
      ...[...found.values()].flatMap(same =>
        same.slice(0, 1).map(({ condition, reason }) => ({
          gauge: metrics.saleFindings,
          labels: { ...labels, condition, reason },
          value: same.length,
        })),
      ),
    ];
  });
}
