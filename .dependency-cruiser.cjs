/**
 * The borders of docs/architecture.md. A rule's comment is what the person who trips it reads.
 * "Only types" means `import type`: shapes may cross a border, behaviour may not.
 */
const stages = ['observe', 'plan', 'apply', 'review'];

/** Everything in `from` may import only what `to` names; type imports of the line's values are listed apart. */
const only = (name, from, to, comment, extra = {}) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, ...extra },
  to: { pathNot: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'A file that needs itself through others cannot be read downwards: move the shared thing to a file of its own.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'This import leads nowhere: add the file, or the package to package.json.',
      from: { pathNot: '^src/web/assets/' },
      to: { couldNotResolve: true },
    },
    only(
      'forecasts-know-numbers-only',
      '^forecasts/',
      ['^forecasts/', '^node_modules/simple-statistics/'],
      'forecasts/ is a library of numbers: series in, quantiles out. It imports itself and simple-statistics, never Kubernetes, src or Node.',
    ),
    {
      name: 'forecasts-one-door',
      severity: 'error',
      comment: 'The forecasting library has one door, forecasts/index.ts: export there what is needed.',
      from: { path: '^(src|charts)/' },
      to: { path: '^forecasts/', pathNot: '^forecasts/index\\.ts$' },
    },
    {
      name: 'charts-share-facts-only',
      severity: 'error',
      comment:
        'charts/ runs in GitOps pipelines without the operator: it shares facts with it through crds/, never code.',
      from: { path: '^charts/' },
      to: { path: '^(src|forecasts)/' },
    },
    {
      name: 'api-knows-no-stage',
      severity: 'error',
      comment: 'src/api is the vocabulary of every stage: it imports itself and zod.',
      from: { path: '^src/api/' },
      to: { path: '^(src/(?!api/)|forecasts/|charts/)' },
    },
    {
      name: 'kube-knows-no-stage',
      severity: 'error',
      comment: 'src/kube is the road to Kubernetes and does not know what travels on it: client-node and src/api only.',
      from: { path: '^src/kube/' },
      to: { path: '^(src/(?!kube/|api/)|forecasts/|charts/)' },
    },
    {
      name: 'observe-reads-only',
      severity: 'error',
      comment: 'observe makes an Observation; what is decided or written with it is no business of observe.',
      from: { path: '^src/observe/' },
      to: { path: '^src/(?!observe/|kube/|learn/|recurrence/|api/)' },
    },
    {
      name: 'learn-is-pure',
      severity: 'error',
      comment:
        'learn turns what was seen into numbers of the cluster, such as a lead time: values in, values out, no Kubernetes, no Node module.',
      from: { path: '^src/learn/' },
      to: { pathNot: ['^src/(learn|api)/', '^forecasts/index\\.ts$'] },
    },
    {
      name: 'recurrence-is-pure',
      severity: 'error',
      comment:
        'recurrence turns a rule and an instant into dates: no clock, no Node module, no package but rrule-temporal.',
      from: { path: '^src/recurrence/' },
      to: { pathNot: ['^src/(recurrence|api)/', '^node_modules/rrule-temporal/'] },
    },
    {
      name: 'one-file-follows-rules',
      severity: 'error',
      comment: 'rrule-temporal is imported by src/recurrence/expand-rule.ts alone: plan and the others get dates.',
      from: { path: '^(src|charts|forecasts)/', pathNot: '^src/recurrence/expand-rule\\.ts$' },
      to: { path: '^node_modules/rrule-temporal/' },
    },
    {
      name: 'plan-is-pure',
      severity: 'error',
      comment: 'plan is a function of values: no Kubernetes, no Node module, no npm package but simple-statistics.',
      from: { path: '^src/plan/' },
      to: {
        pathNot: [
          '^src/plan/',
          '^src/api/',
          '^src/learn/',
          '^forecasts/index\\.ts$',
          '^src/observe/',
          '^node_modules/simple-statistics/',
        ],
      },
    },
    {
      name: 'plan-takes-types-of-observe',
      severity: 'error',
      comment: 'plan may know the shape of an Observation (import type), never how it was made.',
      from: { path: '^src/plan/' },
      to: { path: '^src/observe/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'apply-writes-only',
      severity: 'error',
      comment:
        'apply turns a Plan into writes: it knows the shapes of plan and review (import type), Kubernetes and the kinds.',
      from: { path: '^src/apply/' },
      to: { path: '^(src/(?!apply/|kube/|api/|plan/|review/)|forecasts/|charts/)' },
    },
    {
      name: 'apply-takes-types-of-plan-and-review',
      severity: 'error',
      comment: 'apply validates and writes what was decided; a decision it needs belongs into plan (import type only).',
      from: { path: '^src/apply/' },
      to: { path: '^src/(plan|review)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'review-is-pure',
      severity: 'error',
      comment:
        'review compares forecast and actuals as values, with the numbers that were learned: no Kubernetes, no Node module.',
      from: { path: '^src/review/' },
      to: {
        pathNot: [
          '^src/review/',
          '^src/api/',
          '^src/simulate/',
          '^src/learn/',
          '^forecasts/index\\.ts$',
          '^src/(observe|plan)/',
          '^node_modules/simple-statistics/',
        ],
      },
    },
    {
      name: 'review-takes-types-of-the-line',
      severity: 'error',
      comment: 'review may know the shapes of an Observation and a Plan (import type), not their makers.',
      from: { path: '^src/review/' },
      to: { path: '^src/(observe|plan)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'simulate-is-pure',
      severity: 'error',
      comment: 'simulate is a marketplace in numbers, seeded and replayable: no Kubernetes, no Node module.',
      from: { path: '^src/simulate/' },
      to: {
        pathNot: [
          '^src/simulate/',
          '^src/plan/',
          '^src/api/',
          '^src/observe/',
          '^forecasts/index\\.ts$',
          '^node_modules/simple-statistics/',
        ],
      },
    },
    {
      name: 'apiserver-is-kubernetes',
      severity: 'error',
      comment:
        'apiserver is the in-memory Kubernetes API: it knows Kubernetes’ schemas and YAML and the clock, and none of its clients.',
      from: { path: '^src/apiserver/' },
      to: { path: '^(src/(?!apiserver/|schema/|api/|manifests/yaml-document)|forecasts/|charts/)' },
    },
    {
      name: 'sandbox-is-a-cluster',
      severity: 'error',
      comment:
        'sandbox is the other side of the API: only its run/ may know the operator or a stage that talks to the API.',
      from: { path: '^src/sandbox/', pathNot: '^src/sandbox/run/' },
      to: { path: '^(src/(?!sandbox/(?!run/)|apiserver/|simulate/|schema/|api/)|forecasts/|charts/)' },
    },
    {
      name: 'schema-knows-json-only',
      severity: 'error',
      comment:
        'src/schema is what Kubernetes publishes of its kinds and how values are held against it: it imports itself and the look-up of names only.',
      from: { path: '^src/schema/' },
      to: { pathNot: ['^src/schema/', '^src/api/names/own-value\\.ts$'] },
    },
    {
      name: 'manifests-know-no-command',
      severity: 'error',
      comment:
        'manifests reads texts as kubectl does, for every command alike: src/api, src/schema, yaml and zod, no files.',
      from: { path: '^src/manifests/' },
      to: { pathNot: ['^src/(manifests|api|schema)/', '^node_modules/(yaml|zod)/'] },
    },
    {
      name: 'manifests-have-one-reader',
      severity: 'error',
      comment:
        'A manifest is parsed by src/manifests only, or two commands judge the same text differently; settings and what is written are no manifests.',
      from: {
        path: '^src/(validate|apiserver|cli)/',
        pathNot: '^src/cli/(adopt/format-(adopted|placeholders)|output/write-yaml|plan|sales)\\.ts$',
      },
      to: { path: '^node_modules/yaml/' },
    },
    {
      name: 'validate-reads-manifests-only',
      severity: 'error',
      comment:
        'validate turns manifests into findings, in a pipeline without a cluster: src/manifests, src/recurrence, src/api, src/schema, zod and the grammar of PromQL.',
      from: { path: '^src/validate/' },
      to: {
        pathNot: [
          '^src/(validate|manifests|recurrence|api|schema)/',
          '^node_modules/(zod|@prometheus-io/lezer-promql)/',
        ],
      },
    },
    {
      name: 'operator-knows-no-shell',
      severity: 'error',
      comment: 'operator is the loop; commands and pages start it, not the other way round.',
      from: { path: '^src/operator/' },
      to: { path: '^src/(cli|report|sandbox|apiserver)/' },
    },
    {
      name: 'page-shows-only',
      severity: 'error',
      comment:
        'web shows what the operator has in memory: it asks no stage for anything and knows no command; of observe, plan and operator it takes shapes, which policy is in force, and how a page is set; of learn the sentences.',
      from: { path: '^src/web/' },
      to: {
        path: '^(src/(?!web/|api/|report/|approve/|kube/|operator/settings/(page-settings|listen-address)\\.ts|observe/(namespace-objects|effective-policy)\\.ts|plan/demand/(curve|levels)\\.ts|learn/words/describe-learned\\.ts)|charts/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'page-is-started-by-commands',
      severity: 'error',
      comment: 'Only the commands that serve the page import it: the operator runs without it.',
      from: { path: '^src/', pathNot: '^src/(web|cli)/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'only-operator-knows-all-stages',
      severity: 'error',
      comment:
        'A stage imports no later stage: the line runs observe, plan, apply, review, and only operator and cli know all.',
      from: { path: `^src/(${stages.join('|')})/` },
      to: { path: '^src/(operator|cli|report)/' },
    },
    {
      name: 'one-road-to-kubernetes',
      severity: 'error',
      comment:
        '@kubernetes/client-node is reached through src/kube only (types may be imported by observe, apply and tests).',
      from: { path: '^src/', pathNot: '^src/kube/' },
      to: { path: '^node_modules/@kubernetes/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'datadog-stays-in-its-source',
      severity: 'error',
      comment:
        'The Datadog client costs two seconds and 150 MB at import: only datadog-client.ts imports it, by import().',
      from: { path: '^src/', pathNot: '^src/observe/metrics/datadog-client\\.ts$' },
      to: { path: '^node_modules/@datadog/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
