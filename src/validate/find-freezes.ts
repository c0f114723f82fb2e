import { formatDuration } from '../api/duration.ts';
import type { FlashSaleSpec } from '../api/flash-sale.ts';
import { parseInstant } from '../api/instant.ts';
import { lengthMs } from '../api/series/recurring-sale.ts';
import { describeManifest, type ManifestObject } from '../manifests/manifest-object.ts';
import { flashSalesOf, scalingPoliciesOf } from '../manifests/our-objects.ts';
import { datesWithin } from '../recurrence/list-dates.ts';
import { isRecurring } from '../recurrence/series-dates.ts';
import { checkKinds } from './check-kinds.ts';
import { checkRecurrence } from './check-recurrence.ts';
import { type Finding, findingsOf } from './finding.ts';
import { type ManifestFiles, readObjects } from './read-objects.ts';

/** How many seconds before and after a sale nothing should be deployed, where no ScalingPolicy states it. */
export interface FreezeLengths {
  readonly beforeSeconds: number;
  readonly afterSeconds: number;
}

/** A freeze window that contains `now`. */
export interface Freeze extends Finding {
  /** Epoch ms. */
  readonly start: number;
  /** Epoch ms. */
  readonly end: number;
}

/** The answer to whether a folder allows a deployment now. */
export interface Freezes {
  /** The windows that contain `now`; empty when deploying is allowed. */
  readonly freezes: readonly Freeze[];
  /** Sales and policies that cannot be parsed, so that the answer is uncertain. */
  readonly unreadable: readonly Finding[];
  /** The number of objects that were checked. */
  readonly objects: number;
}

/**
 * Finds the freeze windows that contain `now`, from the sales in files (path → text). A ScalingPolicy in the sale's
 * namespace that states `freeze`, if it is among the files, sets the lengths.
 */
export function findFreezes(files: ManifestFiles, now: number, lengths: FreezeLengths): Freezes {
  const { objects, unreadable } = readObjects(files);
  const freezes = flashSalesOf(objects).flatMap(({ object, sale }) => {
    const { beforeSeconds, afterSeconds } = lengthsIn(object.namespace, objects) ?? lengths;
    const [beforeMs, afterMs] = [beforeSeconds * 1000, afterSeconds * 1000];
    const sold = startsNear(sale.spec, now - lengthMs(sale.spec) - afterMs, now + beforeMs);
    const windows = sold.map(at => ({ start: at - beforeMs, end: at + lengthMs(sale.spec) + afterMs }));
    const open = windows.filter(window => window.start <= now && now < window.end);
    const [{ start, end } = { start: now, end: now }] = open.toSorted((a, b) => b.end - a.end);
    if (sale.spec.cancelled || open.length === 0) return [];
    const message = `deployments are frozen until ${new Date(end).toISOString().slice(0, 19)}Z, for another ${formatDuration((end - now) / 1000)}`;
    const place = { file: object.file, ...object.placeOf(['spec', 'startTime']), object: describeManifest(object) };
    return [{ code: 'freeze' as const, severity: 'error' as const, ...place, message, start, end }];
  });
  return {
    freezes,
    unreadable: [unreadable, findingsOf(checkKinds, objects), findingsOf(checkRecurrence, objects)]
      .flat()
      .filter(isError),
    objects: objects.length,
  };
}

/** The starts of a sale from `from` to `until` (epoch ms); none of a series whose rule cannot be followed. */
function startsNear(spec: FlashSaleSpec, from: number, until: number): readonly number[] {
  if (!isRecurring(spec)) return [parseInstant(spec.startTime)];
  try {
    return datesWithin(spec, from, until).starts;
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function lengthsIn(namespace: string, objects: readonly ManifestObject[]): FreezeLengths | undefined {
  return scalingPoliciesOf(objects).find(({ object }) => object.namespace === namespace)?.policy.spec.freeze;
}
