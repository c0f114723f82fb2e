import type { FlashSale } from '../api/flash-sale.ts';
import type { ScalingPolicy } from '../api/scaling-policy.ts';
import type { ScalingTarget } from '../api/scaling-target.ts';
import type { ManifestObject } from './manifest-object.ts';
import { meantKind } from './our-kind.ts';
import { parseOurObject } from './parse-our-object.ts';

/** Returns the ScalingTargets that can be parsed; the rule `schema` reports the others. */
export function scalingTargetsOf(objects: readonly ManifestObject[]) {
  return parsedOf(objects).flatMap(([object, target]) => (isScalingTarget(target) ? [{ object, target }] : []));
}

/** Returns the FlashSales that can be parsed. */
export function flashSalesOf(objects: readonly ManifestObject[]) {
  return parsedOf(objects).flatMap(([object, sale]) => (isFlashSale(sale) ? [{ object, sale }] : []));
}

/** Returns the ScalingPolicies that can be parsed. */
export function scalingPoliciesOf(objects: readonly ManifestObject[]) {
  return parsedOf(objects).flatMap(([object, policy]) => (isScalingPolicy(policy) ? [{ object, policy }] : []));
}

/** Whether an object is meant to be a ScalingTarget, even if it cannot be parsed. */
export function isMeantAsTarget(object: ManifestObject): boolean {
  return meantKind(object)?.kind === 'ScalingTarget';
}

function isFlashSale(parsed: FlashSale | ScalingPolicy | ScalingTarget): parsed is FlashSale {
  return parsed.kind === 'FlashSale';
}

function isScalingTarget(parsed: FlashSale | ScalingPolicy | ScalingTarget): parsed is ScalingTarget {
  return parsed.kind === 'ScalingTarget';
}

function isScalingPolicy(parsed: FlashSale | ScalingPolicy | ScalingTarget): parsed is ScalingPolicy {
  return parsed.kind === 'ScalingPolicy';
}

function parsedOf(objects: readonly ManifestObject[]) {
  return objects.flatMap(object => {
    const parsed = parseOurObject(object)?.parsed;
    return parsed === undefined ? [] : [[object, parsed] as const];
  });
}
