import { formatDuration } from '../api/duration.ts';
import { parseInstant } from '../api/instant.ts';
import { describeManifest, type ManifestObject } from '../manifests/manifest-object.ts';
import { flashSalesOf, scalingPoliciesOf } from '../manifests/our-objects.ts';
import { checkKinds } from './check-kinds.ts';
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
    const start = parseInstant(sale.spec.startTime) - beforeSeconds * 1000;
    const end = parseInstant(sale.spec.endTime) + afterSeconds * 1000;
    if (sale.spec.cancelled || now < start || now >= end) return [];
    const message = `deployments are frozen until ${new Date(end).toISOString().slice(0, 19)}Z, for another ${formatDuration((end - now) / 1000)}`;
    const place = { file: object.file, ...object.placeOf(['spec', 'startTime']), object: describeManifest(object) };
    return [{ code: 'freeze' as const, severity: 'error' as const, ...place, message, start, end }];
  });
  return {
    freezes,
    unreadable: [...unreadable, ...findingsOf(checkKinds, objects)].filter(isError),
    objects: objects.length,
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

function lengthsIn(namespace: string, objects: readonly ManifestObject[]): FreezeLengths | undefined {
  return scalingPoliciesOf(objects).find(({ object }) => object.namespace === namespace)?.policy.spec.freeze;
}
