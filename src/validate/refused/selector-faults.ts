import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import { isJsonObject } from '../../schema/json.ts';
import type { RefusedValue } from './refused-value.ts';

const expression = z.looseObject({
  key: z.string(),
  operator: z.string(),
  values: z
    .array(z.string())
    .nullish()
    .transform(values => values ?? []),
});

/** Kinds of `apps/v1` whose selector must name something. */
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** Finds selectors of workloads that are empty, and expressions of selectors whose values do not fit their operator. */
export function selectorFaults({ apiVersion, kind, value }: ManifestObject): readonly RefusedValue[] {
  const isWorkload = apiVersion === 'apps/v1' && workloads.includes(kind);
  const empty = valuesAt(value, 'spec.selector').filter(
    ({ value: selector }) => isWorkload && isJsonObject(selector) && Object.keys(selector).length === 0,
  );
  return [
    ...empty.map(({ field }) => ({ field, message: 'the selector is empty: name the labels of the pods' })),
    ...valuesAt(value, 'spec.selector|podSelector.matchExpressions[]').flatMap(({ field, value: stated }) => {
      const { data } = expression.safeParse(stated);
      if (data === undefined) return [];
      const { key, operator, values } = data;
      const needsValues = operator === 'In' || operator === 'NotIn';
      if (needsValues === values.length > 0) return [];
      return [{ field, message: `${key} ${operator} ${needsValues ? 'needs values' : 'takes no values'}` }];
    }),
  ];
}
