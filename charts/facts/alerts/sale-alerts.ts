import type { Alert } from './alert.ts';

/** One series per target, from any replica of the operator; two series would match none or each other. */
const perTarget = (metric: string) => `max by (namespace, target) (${metric})`;
const perSale = (metric: string) => `max by (namespace, sale, sale_plan) (${metric})`;

const instant = (name: string) => perSale(`headstart_sale_${name}_timestamp_seconds`);
const [prescale, start, end] = [instant('prescale'), instant('start'), instant('end')];
const verdict = (wanted: string) => perSale(`headstart_sale_verdict{verdict=~"${wanted}"}`);
const floorSince = (window: string) => perTarget(`min_over_time(headstart_floor_replicas[${window}])`);

/**
 * The last third of the time between prescaleTime and the start, but at least one minute and at most five: pods that are
 * on time have become ready by then, and a person can still act.
 */
const isDue = `${start} - time() <= clamp((${start} - ${prescale}) / 3, 60, 300)`;

/**
 * Floors that are not ready in time. Until three minutes into a sale a floor counts that has stood for a minute; later one
 * that has stood for three, of which none was enough: pods that a live correction asks for need their time as well.
 */
const floorNotReady = [
  `(${floorSince('1m')} > ${perTarget('headstart_ready_replicas')}`,
  `  and on (namespace) (${isDue} and time() - ${start} < 180))`,
  'or',
  `(${floorSince('3m')} > ${perTarget('max_over_time(headstart_ready_replicas[3m])')}`,
  `  and on (namespace) (time() - ${start} >= 180 and ${end} > time()))`,
].join('\n');

/** Seconds before the start from which what stands in the way of a sale pages: a day, or four hours for a mere risk. */
const [noGoAhead, riskAhead] = [24 * 3600, 4 * 3600];

const capacityBad = perSale('headstart_sale_condition_verdict{condition="CapacityReady",verdict=~"AtRisk|NoGo"}');

/** Alerts on sales, most urgent first. */
export const saleAlerts: readonly Alert[] = [
  {
    name: 'HeadstartFloorNotReady',
    expression: floorNotReady,
    forSeconds: 0,
    severity: 'page',
    summary: '{{ $labels.target }} in {{ $labels.namespace }} has fewer ready replicas than its floor of {{ $value }}.',
  },
  {
    name: 'HeadstartSaleNoGo',
    expression: `${verdict('NoGo')} > 0 and ${start} - time() < ${noGoAhead}`,
    forSeconds: 120,
    severity: 'page',
    summary: '{{ $labels.sale }} in {{ $labels.namespace }} will not have enough replicas: its verdict is NoGo.',
  },
  {
    name: 'HeadstartSaleNotReady',
    expression: `${capacityBad} > 0 and ${isDue} and ${start} > time()`,
    forSeconds: 15,
    severity: 'page',
    summary:
      '{{ $labels.sale }} in {{ $labels.namespace }} is about to start, and its replicas are not ready and warm.',
  },
  {
    name: 'HeadstartSaleStillAtRisk',
    expression: `${verdict('AtRisk')} > 0 and ${prescale} > time() and ${start} - time() < ${riskAhead}`,
    forSeconds: 120,
    severity: 'page',
    summary: '{{ $labels.sale }} in {{ $labels.namespace }} starts within four hours and is still at risk.',
  },
  {
    name: 'HeadstartContested',
    expression: 'sum by (namespace, target) (increase(headstart_contested_reconciles_total[15m])) > 0',
    forSeconds: 0,
    severity: 'page',
    summary: 'Another writer puts the raised bounds of {{ $labels.target }} in {{ $labels.namespace }} back.',
  },
  {
    name: 'HeadstartSaleAtRisk',
    expression: `${verdict('AtRisk|NoGo')} > 0 and ${prescale} > time()`,
    forSeconds: 900,
    severity: 'ticket',
    summary:
      '{{ $labels.sale }} in {{ $labels.namespace }} is at risk; its condition Feasible says why and what ends it.',
  },
  {
    name: 'HeadstartAtCeiling',
    expression: `${perTarget('headstart_at_ceiling')} > 0`,
    forSeconds: 120,
    severity: 'ticket',
    summary: '{{ $labels.target }} in {{ $labels.namespace }} needs more replicas than a limit allows.',
  },
  {
    name: 'HeadstartRaisedPastEnd',
    expression: `${perTarget('headstart_raised_until_timestamp_seconds')} < time()`,
    forSeconds: 1800,
    severity: 'ticket',
    summary: '{{ $labels.target }} in {{ $labels.namespace }} is still raised half an hour after its sale.',
  },
];
