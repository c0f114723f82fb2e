import type { OwnerReference, Stored } from '../../apiserver/objects/kube-object.ts';
import { choosePodsToDelete, type PodStanding } from '../../simulate/pods.ts';
import { hashText } from '../../simulate/random.ts';
import type { ControllerContext } from './controller-context.ts';
import { oneAtATime } from './one-at-a-time.ts';
import {
  deploymentResource,
  isReady,
  type Pod,
  pods,
  podsOf,
  readyCondition,
  replicaSetResource,
  type WorkloadObject,
  workloadOf,
} from './workload-objects.ts';

/**
 * Runs Deployments: one ReplicaSet each, and as many pods as `spec.replicas` states. As in the real controller, the
 * status is written after a batch of creations, so it does not change while many pods are being created. Changes of the
 * pod template (rolling updates) are not simulated.
 */
export function startDeploymentController(context: ControllerContext): void {
  const { store, signal } = context;
  const named = new Map<string, number>();
  const nextPodName = (replicaSet: string) => {
    const count = (named.get(replicaSet) ?? 0) + 1;
    named.set(replicaSet, count);
    return `${replicaSet}-${count.toString(36).padStart(5, '0')}`;
  };
  const reconcile = oneAtATime(
    (namespace, name) => reconcileDeployment({ ...context, nextPodName }, namespace, name),
    signal,
  );
  const ends = [
    store.collection<WorkloadObject>(deploymentResource).subscribe(({ object }) => {
      reconcile(object.metadata.namespace ?? '', object.metadata.name);
    }),
    store.collection<Pod>(pods).subscribe(({ object }) => {
      const workload = workloadOf(object);
      if (workload !== undefined) reconcile(object.metadata.namespace ?? '', workload);
    }),
  ];
  signal.addEventListener('abort', () => ends.forEach(end => void end()), { once: true });
}

interface DeploymentContext extends ControllerContext {
  readonly nextPodName: (replicaSet: string) => string;
}

async function reconcileDeployment(context: DeploymentContext, namespace: string, name: string): Promise<void> {
  const { store, takeWrite } = context;
  const deployment = store.collection<WorkloadObject>(deploymentResource).get(namespace, name);
  if (deployment === undefined) {
    deleteOwned(context, namespace, name);
    return;
  }
  const owner = ensureReplicaSet(context, deployment);
  const podList = store.collection<Pod>(pods);
  const present = podsOf(podList.list(namespace), deployment);
  const missing = (deployment.spec.replicas ?? 1) - present.length;
  for (let i = 0; i < missing; i++) {
    await takeWrite();
    podList.create(newPod(owner, context.nextPodName(owner.metadata.name)));
  }
  for (const pod of choosePodsToDelete(present.map(toStanding), Math.max(0, -missing))) {
    await takeWrite();
    if (podList.get(namespace, pod) !== undefined) podList.delete(namespace, pod);
  }
  writeStatus(context, namespace, name);
}

/** Deletes a Deployment's objects, as garbage collection would. */
function deleteOwned({ store }: ControllerContext, namespace: string, name: string): void {
  const ownPods = store.collection<Pod>(pods);
  for (const pod of ownPods.list(namespace)) {
    if (workloadOf(pod) === name) ownPods.delete(namespace, pod.metadata.name);
  }
  const sets = store.collection<WorkloadObject>(replicaSetResource);
  for (const set of sets.list(namespace)) {
    if (set.metadata.ownerReferences?.[0]?.name === name) sets.delete(namespace, set.metadata.name);
  }
}

function ensureReplicaSet({ store }: ControllerContext, deployment: Stored<WorkloadObject>): Stored<WorkloadObject> {
  const { namespace = '', name } = deployment.metadata;
  const sets = store.collection<WorkloadObject>(replicaSetResource);
  const setName = `${name}-${hashText(`${namespace}/${name}`).toString(36)}`;
  const replicas = deployment.spec.replicas ?? 1;
  const present = sets.get(namespace, setName);
  if (present !== undefined) return sets.update({ ...present, spec: { ...present.spec, replicas } });
  return sets.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: setName,
      namespace,
      labels: deployment.spec.template.metadata?.labels ?? {},
      ownerReferences: [ownerReference(deployment)],
    },
    spec: { replicas, selector: deployment.spec.selector, template: deployment.spec.template },
  });
}

function newPod(owner: Stored<WorkloadObject>, name: string): Pod {
  const { namespace = '' } = owner.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: owner.spec.template.metadata?.labels ?? {},
      ownerReferences: [ownerReference(owner)],
    },
    spec: owner.spec.template.spec,
    status: { phase: 'Pending' },
  };
}

function ownerReference({ apiVersion, kind, metadata }: Stored<WorkloadObject>): OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

function toStanding(pod: Stored<Pod>): PodStanding {
  const condition = readyCondition(pod);
  return {
    name: pod.metadata.name,
    phase: pod.status?.phase ?? 'Pending',
    ready: isReady(pod),
    createdAt: Date.parse(pod.metadata.creationTimestamp),
    ...(condition === undefined ? {} : { readySince: Date.parse(condition.lastTransitionTime) }),
  };
}

function writeStatus({ store }: ControllerContext, namespace: string, name: string): void {
  const collection = store.collection<WorkloadObject>(deploymentResource);
  const deployment = collection.get(namespace, name);
  if (deployment === undefined) return;
  const present = podsOf(store.collection<Pod>(pods).list(namespace), deployment);
  const ready = present.filter(isReady).length;
  const counts = {
    replicas: present.length,
    updatedReplicas: present.length,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: present.length - ready,
  };
  const observedGeneration = deployment.metadata.generation ?? 1;
  collection.patchStatus(namespace, name, { observedGeneration, ...counts });
  const [set] = store
    .collection<WorkloadObject>(replicaSetResource)
    .list(namespace)
    .filter(one => one.metadata.ownerReferences?.[0]?.uid === deployment.metadata.uid);
  if (set !== undefined) {
    const { unavailableReplicas: _, updatedReplicas: __, ...setCounts } = counts;
    store.collection<WorkloadObject>(replicaSetResource).patchStatus(namespace, set.metadata.name, {
      observedGeneration: set.metadata.generation ?? 1,
      ...setCounts,
    });
  }
}
