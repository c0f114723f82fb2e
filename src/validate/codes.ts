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
  quota: 'The quota of a namespace is smaller than its planned peak.',
  'disruption-budget': 'A disruption budget blocks the drain of a node.',
  selector: 'A selector finds no pods of its own, or cannot be changed to what it says.',
  'store-gone': 'A store that was applied is no longer among the manifests.',
  resharding: 'Keys would be looked for in other databases than those that hold them.',
  ignore: 'A comment that ignores findings names no code or no reason, or covers nothing.',
  freeze: 'Deployments are frozen around a sale.',
} as const;

/** The code of a finding. */
export type Code = keyof typeof codes;
