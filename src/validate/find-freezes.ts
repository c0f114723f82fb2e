import { formatDuration } from '../api/duration.ts';
import { parseInstant } from '../api/instant.ts';
import type { Finding } from './finding.ts';
import { describeManifest, type ManifestObject, parseManifestObjects } from './manifest-object.ts';
import { flashSalesOf, scalingPoliciesOf } from './our-objects.ts';

/** How long before and after a sale nothing should be deployed, where no ScalingPolicy says so. */
export interface FreezeLengths {
  readonly beforeSeconds: number;
  readonly afterSeconds: number;
}

/** A freeze window that `now` lies in. */
export interface Freeze extends Finding {
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms. */
  readonly end: number;
}

/**
 * The freeze windows that cover `now`, of the sales in files (path → text); empty when a deploy may go on. The ScalingPolicy
 * of a sale's namespace, where it is among the files and states `freeze`, decides the lengths.
 */
export function findFreezes(
  files: ReadonlyMap<string, string>,
  now: number,
  lengths: FreezeLengths,
): readonly Freeze[] {
  const objects = [...files]
    .flatMap(([file, text]) => parseManifestObjects(file, text))
    .filter(each => 'value' in each);
  return flashSalesOf(objects).flatMap(({ object, sale }) => {
    const { beforeSeconds, afterSeconds } = lengthsIn(object.namespace, objects) ?? lengths;
    const start = parseInstant(sale.spec.startTime) - beforeSeconds * 1000;
    const end = parseInstant(sale.spec.endTime) + afterSeconds * 1000;
    if (sale.spec.cancelled || now < start || now >= end) return [];
    const message = `nothing is deployed until ${new Date(end).toISOString().slice(0, 19)}Z, for another ${formatDuration((end - now) / 1000)}`;
    const place = { file: object.file, line: object.lineOf(['spec', 'startTime']), object: describeManifest(object) };
    return [{ rule: 'freeze', severity: 'error' as const, ...place, message, start, end }];
  });
}

function lengthsIn(namespace: string, objects: readonly ManifestObject[]): FreezeLengths | undefined {
  return scalingPoliciesOf(objects).find(({ object }) => object.namespace === namespace)?.policy.spec.freeze;
}
