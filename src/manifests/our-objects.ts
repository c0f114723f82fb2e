import { type FlashSale, parseFlashSale } from '../api/flash-sale.ts';
import { ParseError } from '../api/parse-error.ts';
import { parseScalingPolicy, type ScalingPolicy } from '../api/scaling-policy.ts';
import { parseScalingTarget, type ScalingTarget } from '../api/scaling-target.ts';
import type { ManifestObject } from './manifest-object.ts';

/** Returns the ScalingTargets that can be parsed; the rule `schema` reports the others. */
export function scalingTargetsOf(objects: readonly ManifestObject[]) {
  return readable<ScalingTarget>(objects, 'ScalingTarget', parseScalingTarget).map(([object, target]) => ({
    object,
    target,
  }));
}

/** Returns the FlashSales that can be parsed. */
export function flashSalesOf(objects: readonly ManifestObject[]) {
  return readable<FlashSale>(objects, 'FlashSale', parseFlashSale).map(([object, sale]) => ({ object, sale }));
}

/** Returns the ScalingPolicies that can be parsed. */
export function scalingPoliciesOf(objects: readonly ManifestObject[]) {
  return readable<ScalingPolicy>(objects, 'ScalingPolicy', parseScalingPolicy).map(([object, policy]) => ({
    object,
    policy,
  }));
}

function readable<T>(
  objects: readonly ManifestObject[],
  kind: string,
  parse: (value: unknown) => T,
): readonly (readonly [ManifestObject, T])[] {
  return objects
    .filter(object => object.kind === kind)
    .flatMap(object => {
      try {
        return [[object, parse(object.value)] as const];
      } catch (error) {
        if (error instanceof ParseError) return [];
        throw error;
      }
    });
}
