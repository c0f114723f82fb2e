/** An alert on the operator's metrics. Its name is a heading of docs/runbook.md. */
export interface Alert {
  readonly name: string;
  /** PromQL; the alert fires while it is true. */
  readonly expression: string;
  readonly forMinutes: number;
  readonly severity: 'page' | 'ticket';
  readonly summary: string;
}

/** One series per target, from any replica of the operator; two series would match none or each other. */
const perTarget = (metric: string) => `max by (namespace, target) (${metric})`;

/** The alerts, most urgent first. */
export const alerts: readonly Alert[] = [
  {
    name: 'HeadstartNoLeader',
    expression: 'max(headstart_leader) < 1 or absent(headstart_leader)',
    forMinutes: 3,
    severity: 'page',
    summary: 'No replica of the operator leads: raised floors stay, but no floor is raised or lowered.',
  },
  {
    name: 'HeadstartReconcileFailing',
    expression: 'increase(headstart_reconciles_total{result="Failed"}[10m]) > 5',
    forMinutes: 5,
    severity: 'page',
    summary: 'Reconciles of {{ $labels.namespace }} fail: its bounds may differ from the plan.',
  },
  {
    name: 'HeadstartFloorNotReady',
    expression: `${perTarget('headstart_floor_replicas')} > ${perTarget('label_replace(kube_deployment_status_replicas_ready, "target", "$1", "deployment", "(.*)")')}`,
    forMinutes: 5,
    severity: 'page',
    summary: '{{ $labels.target }} has fewer ready replicas than its floor.',
  },
  {
    name: 'HeadstartAtCeiling',
    expression: `${perTarget('headstart_floor_replicas')} > 0 and ${perTarget('headstart_min_replicas')} >= ${perTarget('headstart_max_replicas')}`,
    forMinutes: 5,
    severity: 'ticket',
    summary: '{{ $labels.target }} is at its ceiling: the sale is at risk.',
  },
  {
    name: 'HeadstartDemandStale',
    expression: 'headstart_demand_age_seconds > 600',
    forMinutes: 5,
    severity: 'ticket',
    summary: 'Demand data of {{ $labels.target }} is {{ $value }} s old: its floor no longer follows the demand.',
  },
  {
    name: 'HeadstartWritesRefused',
    expression: 'increase(headstart_writes_total{outcome=~"Refused|Conflict"}[15m]) > 10',
    forMinutes: 0,
    severity: 'ticket',
    summary: 'Writes of {{ $labels.kind }} are refused or conflict with another writer.',
  },
];
