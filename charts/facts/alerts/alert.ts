/** An alert on the operator's metrics. Its name is a heading of docs/runbook.md. */
export interface Alert {
  readonly name: string;
  /** PromQL; the alert fires while it is true. */
  readonly expression: string;
  /** How long the expression is true before the alert fires. */
  readonly forSeconds: number;
  readonly severity: 'page' | 'ticket';
  readonly summary: string;
}
