import { amountOf, type PodShape } from '../../api/pods/pod-requests.ts';
import type { QuotaObservation } from '../../observe/capacity/capacity-observation.ts';
import type { PodGroup, QuotaTakes } from './quota-takes.ts';

/** What quotas leave to placeholder pods of one target. */
export interface QuotaRoom {
  readonly replicas: number;
  /** The quota and the resource that leave least, as `peak (requests.cpu)`. */
  readonly by: string;
}

/**
 * Returns the most placeholder pods that the quotas of a namespace leave beside the pods that its sales still add, since
 * pods that a quota refuses are tried again late; undefined where no quota counts.
 */
export function quotaRoom(
  shape: PodShape | undefined,
  {
    quotas,
    takes,
    coming,
    standing,
    granted,
  }: {
    readonly quotas: readonly QuotaObservation[];
    readonly takes: QuotaTakes;
    /** Pods of the sales that do not run yet. */
    readonly coming: readonly PodGroup[];
    /** Placeholder pods that the quotas count already. */
    readonly standing: readonly PodGroup[];
    /** Placeholder pods of targets before this one. */
    readonly granted: readonly PodGroup[];
  },
): QuotaRoom | undefined {
  const rooms = quotas.flatMap(({ name, hard, used }) =>
    Object.keys(hard).flatMap((resource): readonly QuotaRoom[] => {
      const each = takes([{ pods: 1, shape }], resource);
      const limit = amountOf(hard, resource);
      if (each <= 0 || limit === undefined) return [];
      const others = (amountOf(used, resource) ?? 0) - takes(standing, resource);
      const left = limit - others - takes(coming, resource) - takes(granted, resource);
      return [{ replicas: Math.max(0, Math.floor(left / each + 1e-9)), by: `${name} (${resource})` }];
    }),
  );
  return rooms.reduce<QuotaRoom | undefined>(
    (least, room) => (least === undefined || room.replicas < least.replicas ? room : least),
    undefined,
  );
}
