/**
 * The code of each kind of finding, with what it means in a sentence. docs/validate.md has an entry for each, and
 * `# headstart: ignore CODE because …` names one.
 */
export const codes = {
  yaml: 'A text cannot be read as kubectl reads it, or is no object.',
  schema: 'An object differs from the schema of its kind, or its kind is not served.',
  duplicate: 'An object is written down twice.',
  bounds: 'Two objects set the replicas of one workload, or none finds it.',
  'call-graph': 'A call, an entry point or a version of an API leads nowhere.',
  'unstated-limit': 'A target uses a shared limit that no ScalingPolicy states.',
  recurrence: "A rule of dates or of a calendar cannot be followed, or one of a sale's `exceptDates` skips nothing.",
  quota: 'The quota of a namespace is smaller than its planned peak.',
  'buffer-size': 'Autoscalers read the size of a CapacityBuffer differently.',
  'disruption-budget': 'A disruption budget blocks the drain of a node.',
  selector: 'A selector finds no pods of its own, or cannot be changed to what it says.',
  name: 'The API server refuses a name or a label.',
  'pod-shape': 'The API server refuses a pod: a name stands twice, or fields exclude each other.',
  'refused-value': 'The API server refuses a value that the schema of its kind lets through.',
  'missing-volume': 'A container mounts a volume that its pod does not have.',
  'probe-port': 'A probe asks a port that its container does not have.',
  'probe-timing': 'A probe waits longer for an answer than until it asks again.',
  'limit-below-request': 'A container may use less than it requests.',
  'no-request': 'An HPA divides by a request that a container does not state.',
  'grace-period': 'A pod is killed before its preStop hook ends.',
  'latest-tag': 'An image has no fixed tag, so that what runs changes by itself.',
  'pod-security': 'The Pod Security level of the namespace refuses the pods.',
  'missing-reference': 'A pod names an object that is not there.',
  'missing-key': 'A pod reads a key that its ConfigMap or Secret does not have.',
  'service-target': 'A Service leads to no pod, or to a port that its pods do not have.',
  'route-backend': 'A route leads to no Service, or to a port that its Service does not have.',
  'blocked-call': 'The network policies block a call that a ScalingTarget states.',
  'wildcard-rights': 'A role gives rights to everything, or everybody has them.',
  'missing-role': 'A binding names a role or an account that is not there.',
  promql: 'A query is no PromQL.',
  'store-gone': 'A store that was applied is no longer among the manifests.',
  resharding: 'Keys would be looked for in other databases than those that hold them.',
  ignore: 'A comment that ignores findings names no code or no reason, or covers nothing.',
  freeze: 'Deployments are frozen around a sale.',
} as const;

/** The code of a finding. */
export type Code = keyof typeof codes;
