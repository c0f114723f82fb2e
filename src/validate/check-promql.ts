import { parser } from '@prometheus-io/lezer-promql';
import { z } from 'zod';
import type { FieldPath, ManifestObject } from '../manifests/manifest-object.ts';
import { scalingTargetsOf } from '../manifests/our-objects.ts';
import type { Rule } from './finding.ts';

/** A query in PromQL, with its path in the object. */
interface PromqlQuery {
  readonly object: ManifestObject;
  readonly field: FieldPath;
  readonly text: string;
}

/**
 * Checks that queries are PromQL, by the grammar that Prometheus publishes: of PrometheusRules, of ScalingTargets that
 * ask Prometheus, and of KEDA's Prometheus triggers. Functions over time, such as `rate`, take a range: `x[5m]`.
 */
export const checkPromql: Rule = {
  code: 'promql',
  check: objects =>
    [...ruleQueries(objects), ...targetQueries(objects), ...triggerQueries(objects)].flatMap(
      ({ object, field, text }) => {
        const fault = promqlFault(text);
        return fault === undefined ? [] : [{ object, field, message: `is no PromQL: ${fault}` }];
      },
    ),
};

const overTime =
  /^(rate|irate|increase|delta|idelta|deriv|changes|resets|predict_linear|absent_over_time|(avg|count|last|max|min|present|stddev|stdvar|sum)_over_time)$/;
const ranges = ['MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr', 'ParenExpr'];

/** Returns the first fault of a query; undefined when it is PromQL. */
function promqlFault(text: string): string | undefined {
  if (text.trim() === '') return 'it is empty';
  let fault: string | undefined;
  parser.parse(text).iterate({
    enter: ({ name, type, from, node }) => {
      if (fault !== undefined) return false;
      if (type.isError) fault = describePlace(text, from);
      if (name !== 'FunctionCall') return true;
      const called = node.getChild('FunctionIdentifier');
      const argument = node.getChild('FunctionCallBody')?.firstChild;
      const word = called === null ? '' : text.slice(called.from, called.to);
      if (argument != null && !argument.type.isError && overTime.test(word) && !ranges.includes(argument.name)) {
        const given = text.slice(argument.from, argument.to);
        fault = `${word} takes a range, as ${word}(${given}[5m])`;
      }
      return true;
    },
  });
  return fault;
}

function describePlace(text: string, from: number): string {
  const rest = text.slice(from).trim();
  return rest === '' ? 'it ends too early' : `it is not understood from ${JSON.stringify(rest.slice(0, 30))} on`;
}

const expression = z.union([z.string(), z.number()]);
const rulesSchema = z.looseObject({
  spec: z.looseObject({
    groups: z
      .array(z.looseObject({ rules: z.array(z.looseObject({ expr: expression.optional() })).nullish() }))
      .nullish(),
  }),
});

function ruleQueries(objects: readonly ManifestObject[]): readonly PromqlQuery[] {
  return objects.flatMap(object => {
    if (object.kind !== 'PrometheusRule') return [];
    const groups = rulesSchema.safeParse(object.value).data?.spec.groups ?? [];
    return groups.flatMap(({ rules }, group) =>
      (rules ?? []).flatMap(({ expr }, rule) =>
        expr === undefined
          ? []
          : [{ object, field: ['spec', 'groups', group, 'rules', rule, 'expr'], text: String(expr) }],
      ),
    );
  });
}

function targetQueries(objects: readonly ManifestObject[]): readonly PromqlQuery[] {
  return scalingTargetsOf(objects).flatMap(({ object, target: { spec } }) =>
    spec.demand.source === 'prometheus'
      ? [
          { object, field: ['spec', 'demand', 'query'], text: spec.demand.query },
          ...(spec.objective?.query === undefined
            ? []
            : [{ object, field: ['spec', 'objective', 'query'], text: spec.objective.query }]),
        ]
      : [],
  );
}

const triggersSchema = z.looseObject({
  spec: z.looseObject({
    triggers: z.array(
      z.looseObject({ type: z.string(), metadata: z.looseObject({ query: z.string().nullish() }).nullish() }),
    ),
  }),
});

function triggerQueries(objects: readonly ManifestObject[]): readonly PromqlQuery[] {
  return objects.flatMap(object => {
    if (object.kind !== 'ScaledObject') return [];
    const triggers = triggersSchema.safeParse(object.value).data?.spec.triggers ?? [];
    return triggers.flatMap(({ type, metadata }, index) =>
      type === 'prometheus' && metadata?.query != null
        ? [{ object, field: ['spec', 'triggers', index, 'metadata', 'query'], text: metadata.query }]
        : [],
    );
  });
}
