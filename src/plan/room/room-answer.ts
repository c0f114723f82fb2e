import type { PlaceholderObservation } from '../../observe/capacity/placeholder-observation.ts';

/** What placeholder pods, or the autoscaler that serves a CapacityBuffer, say of the room. */
export interface RoomAnswer {
  /** Pods for which room is truly there; absent where nobody tells. */
  readonly ready?: number;
  /** Pods for which there is none. */
  readonly lacking: number;
  /** Why, in the words of the scheduler or the autoscaler. */
  readonly message?: string;
}

/**
 * Reads what is said of the room at `now` (epoch ms), once new nodes have had their time, `nodeMs`, to come.
 *
 *   placeholder pods without a node for longer than that                 lacking
 *   where pods cannot be read: those that are not ready                  lacking, from that long after our write on
 *   a CapacityBuffer                                                     see below, from that long after our write on
 */
export function roomAnswer(room: PlaceholderObservation, now: number, nodeMs: number): RoomAnswer {
  const { replicas, pods, readyReplicas, writtenAt, buffer } = room;
  const isDue = (writtenAt ?? now) + nodeMs <= now;
  if (buffer !== undefined) {
    const { lacking, ...answer } = bufferAnswer(replicas, buffer);
    return { ...answer, lacking: isDue ? lacking : 0 };
  }
  if (pods === undefined) return { ready: readyReplicas, lacking: isDue ? Math.max(0, replicas - readyReplicas) : 0 };
  const unscheduled = pods.unready.filter(({ reason }) => reason === 'Unschedulable');
  const message = unscheduled[0]?.message;
  return {
    ready: pods.readySince.length,
    lacking: unscheduled.filter(({ createdAt }) => createdAt + nodeMs <= now).length,
    ...(message === undefined ? {} : { message }),
  };
}

/**
 * Reads what an autoscaler says of a CapacityBuffer that asks for so many pods. A share of them is in words alone, so that
 * room that is not there for all counts as lacking for all.
 *
 *   Cluster Autoscaler        Karpenter                    →  there        lacking
 *   no answer yet             no answer yet                   0            all
 *   ReadyForProvisioning is not True                          0            all
 *   Provisioning False        Provisioning False              0            all
 *                             FitsExistingCapacity            all of them  what limits or quotas take off
 *   FakePodsInjected                                          nobody says  what limits or quotas take off
 *
 * Karpenter's True counts nodes that it has launched; Cluster Autoscaler's says that it has asked for room, and what it
 * could not get stands in Events alone.
 *
 * Transcribed from kubernetes/autoscaler processors/capacitybuffer/pod_list_processor.go at 03917a1 and
 * capacitybuffer/common/common.go at 1812b68; kubernetes-sigs/karpenter capacitybuffer/controller.go at 0435d6d and
 * computeProvisioningCondition of #3028.
 */
function bufferAnswer(replicas: number, buffer: NonNullable<PlaceholderObservation['buffer']>): RoomAnswer {
  if (replicas === 0) return { ready: 0, lacking: 0 };
  const { provided = 0, ready, provisioning } = buffer;
  if (ready === undefined) return { ready: 0, lacking: replicas, message: 'no autoscaler has answered' };
  if (!ready.isTrue) return { ready: 0, lacking: replicas, message: ready.message };
  const short = Math.max(0, replicas - provided);
  if (provisioning === undefined || !provisioning.isTrue)
    return { ready: 0, lacking: replicas, message: provisioning?.message ?? 'no autoscaler makes room' };
  const cut = short === 0 ? {} : { message: `its limits or a quota leave ${provided} of ${replicas}` };
  const told = provisioning.reason === 'FitsExistingCapacity' ? { ready: Math.min(replicas, provided) } : {};
  return { ...told, lacking: short, ...cut };
}
