import type { ManifestObject } from '../manifest-chart.ts';
import type { PatchFacts } from './patch-schema.ts';
import { applyStatedPatch, isMeant, titleOf } from './stated-patch.ts';

/** One object of a file of manifests. */
export interface PlacedObject {
  /** Path below the output folder. */
  readonly file: string;
  readonly object: ManifestObject;
}

/** A patch and the files of the objects that it changed. */
export interface AppliedPatch {
  readonly patch: PatchFacts;
  readonly files: readonly string[];
}

/**
 * Applies each patch, in its order, to every object that it is meant for.
 *
 * @throws Error when a patch is meant for no object, cannot be applied, or changes nothing
 */
export function applyPatches(
  objects: readonly PlacedObject[],
  patches: readonly PatchFacts[],
): { readonly objects: readonly PlacedObject[]; readonly applied: readonly AppliedPatch[] } {
  return patches.reduce<{ readonly objects: readonly PlacedObject[]; readonly applied: readonly AppliedPatch[] }>(
    ({ objects: before, applied }, patch) => {
      const meant = before.filter(({ object }) => isMeant(patch, object));
      if (meant.length === 0)
        throw new Error(`${titleOf(patch)} is for no object: correct its kind, name or namespace`);
      const patched = new Map(meant.map(placed => [placed, applyStatedPatch(placed.object, patch)]));
      const changed = meant.filter(placed => !isSame(placed.object, patched.get(placed)));
      if (changed.length === 0) throw new Error(`${titleOf(patch)} changes nothing: remove it`);
      return {
        objects: before.map(placed => ({ ...placed, object: patched.get(placed) ?? placed.object })),
        applied: [...applied, { patch, files: [...new Set(changed.map(({ file }) => file))] }],
      };
    },
    { objects, applied: [] },
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
