import { z } from 'zod';
import { ownValue } from '../../api/names/own-value.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import { isJsonObject } from '../../schema/json.ts';
import type { RefusedValue } from './refused-value.ts';

const target = z.looseObject({
  type: z.string().nullish(),
  averageUtilization: z.number().nullish(),
  averageValue: z.unknown().optional(),
  value: z.unknown().optional(),
});
const metricSchema = z.looseObject({ type: z.string() });

/** The field of a metric that each type fills. */
const fieldOf: ReadonlyMap<string, string> = new Map([
  ['Resource', 'resource'],
  ['ContainerResource', 'containerResource'],
  ['Pods', 'pods'],
  ['Object', 'object'],
  ['External', 'external'],
]);

/** Finds metrics of an HPA without the field of their type, and targets without an amount. */
export function metricFaults({ apiVersion, kind, value }: ManifestObject): readonly RefusedValue[] {
  if (kind !== 'HorizontalPodAutoscaler' || apiVersion !== 'autoscaling/v2') return [];
  return valuesAt(value, 'spec.metrics[]').flatMap(({ field, value: metric }) => {
    const type = metricSchema.safeParse(metric).data?.type ?? '';
    const name = fieldOf.get(type);
    if (name === undefined || !isJsonObject(metric)) return [];
    const source = ownValue(metric, name);
    if (!isJsonObject(source)) return [{ field, message: `a metric of type ${type} needs the field ${name}` }];
    const asked = target.safeParse(source.target).data;
    if (asked === undefined) return [];
    const isOfPods = type === 'Resource' || type === 'ContainerResource';
    const amounts = isOfPods ? [asked.averageUtilization, asked.averageValue] : [asked.value, asked.averageValue];
    const stated = amounts.filter(each => each != null).length;
    if (stated === 1) return [];
    const names = isOfPods ? 'averageUtilization or averageValue' : 'value or averageValue';
    return [{ field: [...field, name, 'target'], message: `the target needs ${names}, one of them` }];
  });
}
