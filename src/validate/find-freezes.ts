import { formatDuration } from '../api/duration.ts';
import type { FlashSale } from '../api/flash-sale.ts';
import { formatInstant } from '../api/instant.ts';
import {
  type DeployFreeze,
  deployFreezes,
  type FreezeLengths,
  openFreeze,
  type SaleTime,
} from '../api/series/deploy-freezes.ts';
import { describeManifest, type ManifestObject } from '../manifests/manifest-object.ts';
import { flashSalesOf, scalingPoliciesOf } from '../manifests/our-objects.ts';
import { aheadDays } from '../recurrence/list-dates.ts';
import { saleTimes, startsInView } from '../recurrence/sale-times.ts';
import { checkKinds } from './check-kinds.ts';
import { checkRecurrence } from './check-recurrence.ts';
import { type Finding, findingsOf } from './finding.ts';
import { type ManifestFiles, readObjects } from './read-objects.ts';

const dayMs = 86_400_000;

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
 * namespace that states `freeze`, if it is among the files, sets the lengths. Each sale with an open window is a finding;
 * its end is that of the windows that overlap it, too.
 */
export function findFreezes(files: ManifestFiles, now: number, lengths: FreezeLengths): Freezes {
  const { objects, unreadable } = readObjects(files);
  const merged = new Map(windowsOf(objects, now, lengths).map(({ namespace, freezes }) => [namespace, freezes]));
  const freezes = flashSalesOf(objects).flatMap(({ object, sale }) => {
    const own = lengthsIn(object.namespace, objects) ?? lengths;
    const isOpen = openFreeze(deployFreezes(timesInView(sale, own, { now, aheadMs: 0 }), own, now), now) !== undefined;
    const open = openFreeze(merged.get(object.namespace) ?? [], now);
    if (!isOpen || open === undefined) return [];
    const { start, end } = open;
    const message = `deployments are frozen until ${formatInstant(end)}, for another ${formatDuration((end - now) / 1000)}`;
    const place = { file: object.file, ...object.placeOf(['spec', 'startTime']), object: describeManifest(object) };
    return [{ code: 'freeze' as const, severity: 'error' as const, ...place, message, start, end }];
  });
  return {
    freezes,
    unreadable: uncertain(objects, unreadable),
    objects: objects.length,
  };
}

/** The freeze windows of the sales of one namespace, by start. */
export interface NamespaceFreezes {
  readonly namespace: string;
  readonly freezes: readonly DeployFreeze[];
}

/**
 * Lists the freeze windows of each namespace that are open at `now` (epoch ms) or open within 35 days, of single sales
 * all to come, from the sales in files (path → text), merged where they overlap.
 */
export function listFreezes(
  files: ManifestFiles,
  now: number,
  lengths: FreezeLengths,
): { readonly namespaces: readonly NamespaceFreezes[]; readonly unreadable: readonly Finding[] } {
  const { objects, unreadable } = readObjects(files);
  return { namespaces: windowsOf(objects, now, lengths), unreadable: uncertain(objects, unreadable) };
}

function windowsOf(
  objects: readonly ManifestObject[],
  now: number,
  lengths: FreezeLengths,
): readonly NamespaceFreezes[] {
  const ofNamespace = Map.groupBy(flashSalesOf(objects), ({ object }) => object.namespace);
  const namespaces = [...ofNamespace].map(([namespace, sales]) => {
    const own = lengthsIn(namespace, objects) ?? lengths;
    const times = sales.flatMap(({ sale }) => timesInView(sale, own, { now, aheadMs: aheadDays * dayMs }));
    return { namespace, freezes: deployFreezes(times, own, now) };
  });
  return namespaces.sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
}

/** The times of a sale that may matter; none of a series whose rule cannot be followed, which is a finding. */
function timesInView(
  sale: FlashSale,
  lengths: FreezeLengths,
  view: { readonly now: number; readonly aheadMs: number },
): readonly SaleTime[] {
  try {
    return saleTimes(sale, ...startsInView(sale.spec, lengths, view));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** What cannot be read or followed, so that a window may be missing. */
function uncertain(objects: readonly ManifestObject[], unreadable: readonly Finding[]): readonly Finding[] {
  return [unreadable, findingsOf(checkKinds, objects), findingsOf(checkRecurrence, objects)].flat().filter(isError);
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function lengthsIn(namespace: string, objects: readonly ManifestObject[]): FreezeLengths | undefined {
  return scalingPoliciesOf(objects).find(({ object }) => object.namespace === namespace)?.policy.spec.freeze;
}
