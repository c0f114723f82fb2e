import { z } from 'zod';
import { type Labels, labelSelectorSchema, matches, selectorSlip } from '../../manifests/label-selector.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import type { Remark, Rule } from '../finding.ts';
import { type PodTemplate, podTemplatesOf } from './pod-templates-of.ts';

const required = 'requiredDuringSchedulingIgnoredDuringExecution[]';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution[].podAffinityTerm';

const termSchema = z.looseObject({
  labelSelector: labelSelectorSchema.nullish(),
  namespaces: z.array(z.string()).nullish(),
  namespaceSelector: z.unknown().optional(),
});

/** Checks that the pods which a spread, an affinity or an anti-affinity counts are there: the own ones for a spread. */
export const checkPlacement: Rule = {
  code: 'placement',
  check: objects => {
    const around = Map.groupBy(podTemplatesOf(objects), ({ object }) => object.namespace);
    return podTemplatesOf(objects).flatMap(template => {
      const labels = (around.get(template.object.namespace) ?? []).map(each => each.labels);
      return [...spreads(template), ...affinities(template, labels)];
    });
  },
};

function spreads({ object, at, labels, spec }: PodTemplate): readonly Remark[] {
  return valuesAt(spec, 'topologySpreadConstraints[]').flatMap(({ field, value }) => {
    const selector = termSchema.safeParse(value).data?.labelSelector;
    if (selector == null || matches(selector, labels)) return [];
    const slip = selectorSlip(selector.matchLabels, [labels]);
    const message = `spreads other pods than its own: ${slip ?? "the selector differs from the template's labels"}`;
    return [{ object, field: [...at, ...field, 'labelSelector'], message }];
  });
}

function affinities({ object, at, labels, spec }: PodTemplate, around: readonly Labels[]): readonly Remark[] {
  const terms = ['podAffinity', 'podAntiAffinity'].flatMap(kind =>
    [required, preferred].flatMap(list =>
      valuesAt(spec, `affinity.${kind}.${list}`).map(each => ({ ...each, kind, isRequired: list === required })),
    ),
  );
  return terms.flatMap(({ field, value, kind, isRequired }) => {
    const { labelSelector: selector, namespaces, namespaceSelector } = termSchema.safeParse(value).data ?? {};
    const isElsewhere = namespaceSelector != null || (namespaces ?? []).some(name => name !== object.namespace);
    if (selector == null || isElsewhere || around.some(each => matches(selector, each))) return [];
    const slip = selectorSlip(selector.matchLabels, [labels, ...around]);
    const harm = kind === 'podAffinity' && isRequired ? 'no node would take the pods' : 'it keeps nothing apart';
    return [severe(object, [...at, ...field, 'labelSelector'], slip, `${kind} finds no pod: ${slip ?? harm}`)];
  });
}

function severe(
  object: ManifestObject,
  field: Remark['field'] & {},
  slip: string | undefined,
  message: string,
): Remark {
  return { object, field, severity: slip === undefined ? 'warning' : 'error', message };
}
