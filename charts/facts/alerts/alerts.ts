import type { Alert } from './alert.ts';
import { saleAlerts } from './sale-alerts.ts';

/** Alerts on the operator itself, whether or not a sale is near. */
const operatorAlerts: readonly Alert[] = [
  {
    name: 'HeadstartNoLeader',
    expression: 'max(headstart_leader) < 1 or absent(headstart_leader)',
    forSeconds: 120,
    severity: 'page',
    summary:
      'No replica of the operator leads: raised floors stay, also after their sale, and none is raised. headstart restore --all puts them back.',
  },
  {
    name: 'HeadstartNotReconciled',
    expression: 'time() - max by (namespace) (headstart_next_reconcile_timestamp_seconds) > 180',
    forSeconds: 60,
    severity: 'page',
    summary: 'The reconcile of {{ $labels.namespace }} is {{ $value }} s overdue: no floor there is raised or lowered.',
  },
  {
    name: 'HeadstartReconcileFailing',
    expression: 'sum by (namespace) (increase(headstart_reconciles_total{result="Failed"}[5m])) > 5',
    forSeconds: 60,
    severity: 'page',
    summary: 'Reconciles of {{ $labels.namespace }} fail: its bounds may differ from the plan.',
  },
  {
    name: 'HeadstartCacheStale',
    expression: 'max by (resource) (headstart_cache_age_seconds) > 90',
    forSeconds: 60,
    severity: 'page',
    summary:
      'The operator has heard nothing of {{ $labels.resource }} for {{ $value }} s: where it needs them, bounds are raised and not lowered.',
  },
  {
    name: 'HeadstartWritesFailing',
    expression:
      'sum by (namespace, kind) (increase(headstart_writes_total{part=~"Bounds|Scale|Finalizer|Ledger",outcome=~"Refused|Conflict|Failed"}[5m])) > 1',
    forSeconds: 0,
    severity: 'page',
    summary: 'Raises and restores of {{ $labels.kind }} in {{ $labels.namespace }} are refused, conflict or fail.',
  },
  {
    name: 'HeadstartCrdsOutdated',
    expression: 'max(headstart_pruned_fields) > 0',
    forSeconds: 600,
    severity: 'ticket',
    summary: 'The CRDs lack {{ $value }} fields of this version: the API server drops them from what is written.',
  },
  {
    name: 'HeadstartDemandStale',
    expression: 'max by (namespace, target) (headstart_demand_available) < 1',
    forSeconds: 600,
    severity: 'ticket',
    summary: 'Demand of {{ $labels.target }} is unknown or old: its floor is held and no longer follows the demand.',
  },
];

/** The alerts: those on sales, then those on the operator. */
export const alerts: readonly Alert[] = [...saleAlerts, ...operatorAlerts];
