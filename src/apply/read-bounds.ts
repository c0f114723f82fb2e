import type { AutoscalerKind } from '../api/autoscalers/autoscaler-kind.ts';
import { type LiveAutoscaler, readAutoscaler } from '../kube/resources/read-autoscaler.ts';
import { readScaledObject } from '../kube/resources/read-scaled-object.ts';
import { autoscalers, scaledObjects } from '../kube/resources/resource-kind.ts';
import type { ApplyContext } from './apply-context.ts';
import { toGone } from './live-read.ts';

/** Names an HPA or a ScaledObject. */
export interface BoundsRef {
  /** @default HorizontalPodAutoscaler */
  readonly kind?: AutoscalerKind | undefined;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** Reads the live HPA or ScaledObject; undefined when it is gone. */
export async function readBounds(
  { connection, signal }: Pick<ApplyContext, 'connection' | 'signal'>,
  { kind, ...ref }: BoundsRef,
): Promise<LiveAutoscaler | undefined> {
  if (kind === 'ScaledObject') {
    const read = await toGone(connection.resource(scaledObjects).get(ref, { signal }));
    return read === undefined ? undefined : readScaledObject(read);
  }
  const read = await toGone(connection.resource(autoscalers).get(ref, { signal }));
  return read === undefined ? undefined : readAutoscaler(read);
}
