import { fieldManager, placeholderLabel } from '../../api/group.ts';
import { listFieldOwners } from '../../kube/resources/field-owners.ts';
import type { CapacityBuffer } from '../../kube/resources/resource-kind.ts';

/** What a CapacityBuffer says beside its replicas: what is stated in it, and what an autoscaler has answered. */
export interface BufferObservation {
  /** `spec.percentage`, which autoscalers read differently beside replicas. */
  readonly percentage?: number;
  /** Pods that the autoscaler takes it for: `status.replicas`. Absent until one has answered what it asks for now. */
  readonly provided?: number;
  /** The condition `ReadyForProvisioning`, of its present spec. */
  readonly ready?: BufferCondition;
  /** The condition `Provisioning`, of its present spec. */
  readonly provisioning?: BufferCondition;
}

/** A condition of a CapacityBuffer. */
export interface BufferCondition {
  readonly isTrue: boolean;
  readonly reason: string;
  readonly message: string;
}

/** A CapacityBuffer that keeps room for a target. */
export interface BufferRecord {
  /** Name of the ScalingTarget, by its label. */
  readonly target: string;
  readonly name: string;
  readonly uid: string;
  /** `spec.replicas`; 0 when it states none. */
  readonly replicas: number;
  readonly replicasWriter?: string;
  /** Epoch ms of our newest write, by the API server's clock, when known. */
  readonly writtenAt?: number;
  /** The workload whose pods it is as large as; absent where it names a PodTemplate. */
  readonly scales?: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly buffer: BufferObservation;
}

/**
 * Observes a CapacityBuffer for the cache; undefined for one without the label, which is never read. A condition that
 * states an older generation than the buffer's counts as none.
 */
export function observeBuffer({ metadata, spec = {}, status = {} }: CapacityBuffer): BufferRecord | undefined {
  const target = metadata?.labels?.[placeholderLabel];
  if (target === undefined) return undefined;
  const owners = listFieldOwners(metadata?.managedFields, [['spec', 'replicas']], fieldManager);
  const [writer] = owners;
  const writtenAt = owners.find(({ manager }) => manager === fieldManager)?.time ?? 0;
  const conditionOf = (type: string): BufferCondition | undefined => {
    const found = (status.conditions ?? []).find(condition => condition.type === type);
    const { observedGeneration = 0, reason = '', message = '' } = found ?? {};
    const isOld = observedGeneration > 0 && observedGeneration < (metadata?.generation ?? 0);
    return found === undefined || isOld ? undefined : { isTrue: found.status === 'True', reason, message };
  };
  const [ready, provisioning] = [conditionOf('ReadyForProvisioning'), conditionOf('Provisioning')];
  const { apiGroup = '', kind = '', name = '' } = spec.scalableRef ?? {};
  return {
    target,
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    replicas: spec.replicas ?? 0,
    ...(writer === undefined ? {} : { replicasWriter: writer.manager }),
    ...(writtenAt === 0 ? {} : { writtenAt }),
    ...(spec.scalableRef === undefined
      ? {}
      : { scales: { apiVersion: apiGroup === '' ? 'v1' : `${apiGroup}/v1`, kind, name } }),
    buffer: {
      ...(spec.percentage === undefined ? {} : { percentage: spec.percentage }),
      ...(status.replicas === undefined ? {} : { provided: status.replicas }),
      ...(ready === undefined ? {} : { ready }),
      ...(provisioning === undefined ? {} : { provisioning }),
    },
  };
}
