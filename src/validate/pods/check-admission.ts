import { amountOf } from '../../api/pods/pod-requests.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { objectsOf } from '../known-objects.ts';
import { containerRanges } from './limit-ranges.ts';
import { containersOf, type PlacedContainer } from './pod-spec.ts';
import { type PodTemplate, podTemplatesOf } from './pod-templates-of.ts';

/** What a quota counts, by the names that it uses: each container must then state it. */
const counted: ReadonlyMap<string, readonly [list: 'requests' | 'limits', resource: string]> = new Map([
  ['cpu', ['requests', 'cpu']],
  ['requests.cpu', ['requests', 'cpu']],
  ['memory', ['requests', 'memory']],
  ['requests.memory', ['requests', 'memory']],
  ['limits.cpu', ['limits', 'cpu']],
  ['limits.memory', ['limits', 'memory']],
]);

/** Checks that the quotas and LimitRanges of a namespace let its pods in: each container states what is counted, and no more than is allowed. */
export const checkAdmission: Rule = {
  code: 'quota',
  check: objects =>
    podTemplatesOf(objects).flatMap(template =>
      containersOf(template.spec).flatMap(placed => [
        ...uncounted(template, placed, objects),
        ...outOfRange(template, placed, objects),
      ]),
    ),
};

function uncounted(
  { object, at, spec }: PodTemplate,
  { container: { name, resources }, path }: PlacedContainer,
  objects: readonly ManifestObject[],
): readonly Remark[] {
  const quotas = objectsOf(objects, 'ResourceQuota').filter(
    each =>
      each.object.namespace === object.namespace &&
      (each.spec.scopes ?? []).length === 0 &&
      each.spec.scopeSelector == null,
  );
  return quotas.flatMap(quota => {
    const missing = Object.keys(quota.spec.hard).filter(key => {
      const [list, resource] = counted.get(key) ?? [];
      if (list === undefined || resource === undefined) return false;
      const ranges = containerRanges(objects, object.namespace, resource);
      const isGiven = ranges.some(each => (list === 'limits' ? each.givesLimit : each.givesRequest));
      const stated = [resources, spec.resources].flatMap(each => [
        amountOf(each?.limits, resource),
        ...(list === 'requests' ? [amountOf(each?.requests, resource)] : []),
      ]);
      return !isGiven && stated.every(amount => amount === undefined);
    });
    if (missing.length === 0) return [];
    const message = `ResourceQuota ${quota.object.name} counts ${missing.join(' and ')}, which container ${name} does not state: the namespace refuses the pods`;
    return [{ object, field: [...at, ...path, 'resources'], message }];
  });
}

function outOfRange(
  { object, at }: PodTemplate,
  { container: { name, resources }, path }: PlacedContainer,
  objects: readonly ManifestObject[],
): readonly Remark[] {
  return ['cpu', 'memory'].flatMap(resource => {
    const limit = amountOf(resources?.limits, resource);
    const request = amountOf(resources?.requests, resource) ?? limit;
    return containerRanges(objects, object.namespace, resource).flatMap((range): readonly Remark[] => {
      const highest = Math.max(limit ?? 0, request ?? 0);
      const isAbove = range.max !== undefined && highest > range.max;
      const isBelow = range.min !== undefined && request !== undefined && request < range.min;
      if (!isAbove && !isBelow) return [];
      const message = `container ${name} states ${isAbove ? 'more' : 'less'} ${resource} than LimitRange ${range.name} allows: the namespace refuses the pods`;
      return [{ code: 'limit-range', object, field: [...at, ...path, 'resources'], message }];
    });
  });
}
