import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import { type AutoscalerOwner, autoscalerOwner } from '../../api/autoscaler-owner.ts';
import type { AutoscalerState } from '../../api/autoscaler-state.ts';
import { readFloor, readFrom } from '../../api/floor-annotation.ts';
import { fieldManager, floorAnnotation, floorMaxAnnotation, fromAnnotation } from '../../api/group.ts';
import type { WorkloadRef } from '../../api/workload-key.ts';
import { type FieldOwner, listFieldOwners } from './field-owners.ts';
import type { Wire } from './wire.ts';

/** A live HPA: its state, what it scales, and who else owns a bound. */
export interface LiveAutoscaler {
  readonly state: AutoscalerState;
  readonly scales: WorkloadRef;
  readonly isDeleted: boolean;
  /** Managers other than headstart that own a bound, newest first. */
  readonly others: readonly FieldOwner[];
  /** Managers other than headstart that own one of Headstart's annotations: applying without it does not remove it. */
  readonly markOwners: readonly string[];
  /** The autoscaler that it belongs to; absent when it is nobody's. */
  readonly owner?: AutoscalerOwner;
}

/**
 * Reads an HPA with the defaults of Kubernetes: a minimum of 1, and no replicas before its first status. After a forced
 * apply we are the only owner of both bounds, so anybody else who owns one has written it since.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
export function readAutoscaler({ metadata, spec, status }: Wire<V2HorizontalPodAutoscaler>): LiveAutoscaler {
  const { apiVersion = '', kind = '', name = '' } = spec?.scaleTargetRef ?? {};
  const owner = autoscalerOwner(metadata ?? {});
  const owners = (paths: readonly (readonly string[])[]) => listFieldOwners(metadata?.managedFields, paths);
  const isOther = ({ manager }: FieldOwner) => manager !== fieldManager;
  return {
    state: {
      name: metadata?.name ?? '',
      uid: metadata?.uid ?? '',
      resourceVersion: metadata?.resourceVersion ?? '',
      minReplicas: spec?.minReplicas ?? 1,
      maxReplicas: spec?.maxReplicas ?? 1,
      currentReplicas: status?.currentReplicas ?? 0,
      desiredReplicas: status?.desiredReplicas ?? 0,
      ...readMarks(metadata),
    },
    scales: { apiVersion, kind, name },
    isDeleted: metadata?.deletionTimestamp !== undefined,
    others: owners(bounds).filter(isOther),
    markOwners: owners(annotations)
      .filter(isOther)
      .map(({ manager }) => manager),
    ...(owner === undefined ? {} : { owner }),
  };
}

/** Reads Headstart's annotations, and what managedFields say of its writes. */
function readMarks(metadata: Wire<V2HorizontalPodAutoscaler>['metadata']): Partial<AutoscalerState> {
  const { annotations: notes, managedFields } = metadata ?? {};
  const floor = readFloor(notes);
  const floorMax = readFloor(notes, floorMaxAnnotation);
  const isMarked = floor !== undefined || floorMax !== undefined;
  const from = isMarked ? readFrom(notes) : undefined;
  const ours = (paths: readonly (readonly string[])[]) =>
    listFieldOwners(managedFields, paths).find(({ manager }) => manager === fieldManager);
  const writtenAt = ours([...bounds, ...annotations])?.time ?? 0;
  const isCopied = isMarked && (managedFields?.length ?? 0) > 0 && ours(annotations) === undefined;
  const ownBounds = boundNames.filter(bound => ours([['spec', bound]]) !== undefined);
  return {
    ...(floor === undefined ? {} : { floor }),
    ...(floorMax === undefined ? {} : { floorMax }),
    ...(from === undefined ? {} : { from }),
    ...(writtenAt === 0 ? {} : { writtenAt }),
    ...(isCopied ? { isCopied: true } : {}),
    ...(ownBounds.length === 0 ? {} : { ownBounds }),
  };
}

const boundNames = ['minReplicas', 'maxReplicas'] as const;
const bounds = boundNames.map(bound => ['spec', bound]);

/** What stays ours when another manager takes the bounds by force: they tell when we wrote even then. */
const annotations = [floorAnnotation, floorMaxAnnotation, fromAnnotation].map(name => [
  'metadata',
  'annotations',
  name,
]);
