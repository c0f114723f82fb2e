import { z } from 'zod';
import { closestWord } from '../api/faults/closest-word.ts';
import { ownValue } from '../api/names/own-value.ts';

/** A selector of labels, as pods, namespaces and Services are chosen by. */
export const labelSelectorSchema = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z
    .array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).nullish() }))
    .nullish(),
});

/** A selector of labels. */
export type LabelSelector = z.output<typeof labelSelectorSchema>;

/** Labels by key. */
export type Labels = Readonly<Record<string, string>>;

/** Whether a label selector matches; an empty one matches everything. */
export function matches({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  const isEqual = Object.entries(matchLabels ?? {}).every(([key, value]) => ownValue(labels, key) === value);
  return (
    isEqual &&
    (matchExpressions ?? []).every(({ key, operator, values }) => {
      const label = ownValue(labels, key);
      if (operator === 'Exists') return label !== undefined;
      if (operator === 'DoesNotExist') return label === undefined;
      const isAmong = label !== undefined && (values ?? []).includes(label);
      return operator === 'In' ? isAmong : !isAmong;
    })
  );
}

/**
 * Returns what a selector that matches nothing probably means: `app: wbe is no pod's label; did you mean web?`;
 * undefined when no label is near. `around` are the labels of each pod that may be meant.
 */
export function selectorSlip(matchLabels: Labels | null | undefined, around: readonly Labels[]): string | undefined {
  const slips = Object.entries(matchLabels ?? {}).flatMap(([key, value]) => {
    const values = around.flatMap(labels => ownValue(labels, key) ?? []);
    const near = values.includes(value) ? undefined : closestWord(value, values);
    return near === undefined ? [] : [`${key}: ${value} is no pod's label; did you mean ${near}?`];
  });
  return slips[0];
}
