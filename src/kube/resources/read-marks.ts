import { type AutoscalerKind, boundsFields } from '../../api/autoscalers/autoscaler-kind.ts';
import type { AutoscalerState } from '../../api/autoscalers/autoscaler-state.ts';
import { readFloor, readFrom } from '../../api/floor-annotation.ts';
import { fieldManager, floorAnnotation, floorMaxAnnotation, fromAnnotation } from '../../api/group.ts';
import { type FieldOwner, listFieldOwners } from './field-owners.ts';
import type { KubeMeta } from './wire.ts';

/** What an object's metadata tell of its bounds: Headstart's annotations, and whoever wrote bounds and annotations. */
export interface BoundsMarks {
  readonly marks: Partial<AutoscalerState>;
  /** Managers other than headstart that own a bound, newest first. */
  readonly others: readonly FieldOwner[];
  /** Managers other than headstart that own one of Headstart's annotations: applying without it does not remove it. */
  readonly markOwners: readonly string[];
}

/** Reads the marks of an HPA or a ScaledObject. */
export function readMarks(metadata: KubeMeta | undefined, kind: AutoscalerKind): BoundsMarks {
  const { annotations: notes, managedFields } = metadata ?? {};
  const fields = boundsFields(kind);
  const boundNames = ['minReplicas', 'maxReplicas'] as const;
  const bounds = boundNames.map(bound => ['spec', fields[bound]]);
  const floor = readFloor(notes);
  const floorMax = readFloor(notes, floorMaxAnnotation);
  const isMarked = floor !== undefined || floorMax !== undefined;
  const from = isMarked ? readFrom(notes) : undefined;
  const owners = (paths: readonly (readonly string[])[]) => listFieldOwners(managedFields, paths);
  const ours = (paths: readonly (readonly string[])[]) => owners(paths).find(({ manager }) => manager === fieldManager);
  const writtenAt = ours([...bounds, ...annotations])?.time ?? 0;
  const isCopied = isMarked && (managedFields?.length ?? 0) > 0 && ours(annotations) === undefined;
  const ownBounds = boundNames.filter(bound => ours([['spec', fields[bound]]]) !== undefined);
  return {
    marks: {
      ...(floor === undefined ? {} : { floor }),
      ...(floorMax === undefined ? {} : { floorMax }),
      ...(from === undefined ? {} : { from }),
      ...(writtenAt === 0 ? {} : { writtenAt }),
      ...(isCopied ? { isCopied: true } : {}),
      ...(ownBounds.length === 0 ? {} : { ownBounds }),
    },
    others: owners(bounds).filter(isOther),
    markOwners: owners(annotations)
      .filter(isOther)
      .map(({ manager }) => manager),
  };
}

function isOther({ manager }: FieldOwner): boolean {
  return manager !== fieldManager;
}

/** What stays ours when another manager takes the bounds by force: they tell when we wrote even then. */
const annotations = [floorAnnotation, floorMaxAnnotation, fromAnnotation].map(name => [
  'metadata',
  'annotations',
  name,
]);
