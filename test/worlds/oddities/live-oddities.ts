import type { GivenTarget } from '../../support/shop/planned-namespace.ts';
import { changeTarget, type Draft, type Oddity, withGiven } from '../world.ts';
import { anySale, instantIn } from './change-sale.ts';
import { anyTarget, baselineOf, changeOne, changeOneAt, withHpa } from './change-target.ts';

/** What may be odd about the objects of a target. */
export const liveOddities: readonly Oddity[] = [
  {
    name: 'no HPA',
    weight: 4,
    make: draft =>
      changeOne(draft, ({ otherHpa: _, ...target }) => ({
        ...target,
        hpa: 'none',
        workload: { replicas: Number(baselineOf(target).minReplicas), ...target.workload },
      })),
  },
  {
    name: 'a ScaledObject',
    weight: 3,
    make: draft => changeOne(draft, target => withHpa(target, { objectKind: 'ScaledObject' })),
  },
  {
    name: 'a StatefulSet',
    make: draft =>
      changeOne(draft, target => ({
        ...target,
        spec: { ...target.spec, workloadRef: { kind: 'StatefulSet', name: 'set' } },
        workload: { kind: 'StatefulSet' },
      })),
  },
  {
    name: 'a ScaledObject that is paused',
    weight: 2,
    make: draft =>
      changeOne(draft, target =>
        withHpa(target, { objectKind: 'ScaledObject', unfollowed: draft.random.pick(['Paused', 'Pinned']) }),
      ),
  },
  {
    name: 'a ScaledObject that may idle',
    weight: 2,
    make: draft => changeOne(draft, target => withHpa(target, { objectKind: 'ScaledObject', unfollowed: 'Idle' })),
  },
  {
    name: 'two HPAs',
    weight: 2,
    make: draft => changeOne(draft, target => (target.hpa === 'none' ? target : { ...target, otherHpa: {} })),
  },
  {
    name: 'an HPA of KEDA',
    weight: 2,
    make: draft =>
      changeOne(draft, target =>
        withHpa(target, { owner: { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'own' } }),
      ),
  },
  {
    name: 'no workload',
    weight: 2,
    make: draft =>
      changeOne(draft, target => ({ ...target, hpa: 'none', workload: { missing: 'Deployment is not there' } })),
  },
  {
    name: 'a workload scaled to 0',
    weight: 2,
    make: draft =>
      changeOneAt(draft, 'is scaled to 0', target => ({ ...target, workload: { replicas: 0, readyReplicas: 0 } })),
  },
  {
    name: 'no ready pod',
    weight: 2,
    make: draft => changeOne(draft, target => ({ ...target, workload: { ...target.workload, readyReplicas: 0 } })),
  },
  {
    name: 'other bounds than the baseline',
    weight: 2,
    make: draft =>
      changeOne(draft, target =>
        withHpa(target, { minReplicas: draft.random.int(1, 12), maxReplicas: draft.random.int(12, 60) }),
      ),
  },
  {
    name: 'a raise without a record',
    weight: 2,
    make: draft => {
      draft.given = {
        ...draft.given,
        unrecorded: [
          { name: 'copy', uid: 'uid-copy', minReplicas: 34, maxReplicas: 51, target: anyTarget(draft) },
          { name: 'old', uid: 'uid-old', minReplicas: 12, maxReplicas: 24 },
        ],
      };
    },
  },
  {
    name: 'another writer',
    weight: 4,
    make: draft => {
      const bounds = draft.random.pick([
        { minReplicas: 1, maxReplicas: 20 },
        { minReplicas: 90, maxReplicas: 120 },
        { minReplicas: 3 },
      ]);
      changeOneAt(draft, 'gets other bounds by flux', target =>
        target.hpa === 'none' ? target : withHpa(target, { ...bounds, otherWriters: ['flux'] }),
      );
    },
  },
  {
    name: 'a target being deleted',
    weight: 2,
    make: draft =>
      changeOneAt(draft, 'is being deleted', target => ({
        ...target,
        metadata: { ...target.metadata, deletionTimestamp: new Date(draft.evening).toISOString() },
      })),
  },
  {
    name: 'a target let go',
    make: draft =>
      changeOneAt(draft, 'is let go', target => ({
        ...target,
        metadata: {
          ...target.metadata,
          deletionTimestamp: new Date(draft.evening).toISOString(),
          annotations: { 'headstart.dev/let-go': 'true' },
        },
      })),
  },
  {
    name: 'another workload',
    weight: 2,
    make: draft => {
      const [name, at] = [anyTarget(draft), instantIn(draft, anySale(draft), 'during')];
      draft.changes.push({ at, what: `${name} refers to another workload`, change: state => leaveBehind(state, name) });
    },
  },
];

/** The target refers to a workload of another name, with an HPA of its own; what was raised is left behind. */
function leaveBehind(state: Parameters<Draft['changes'][number]['change']>[0], name: string) {
  const target = state.given.targets[name];
  if (target === undefined || target === null || target.hpa === 'none' || target.otherHpa !== undefined) return state;
  const old = target.hpa ?? {};
  const raised = (target.status?.raised as readonly { uid: string }[] | undefined) ?? [];
  const strays = raised.flatMap(record =>
    record.uid === `uid-hpa-${name}`
      ? [
          {
            target: name,
            raised: record as never,
            autoscaler: {
              name,
              uid: record.uid,
              resourceVersion: '1',
              minReplicas: 1,
              maxReplicas: 1,
              currentReplicas: 1,
              desiredReplicas: 1,
              otherWriters: [],
              ...old,
            },
          },
        ]
      : [],
  );
  const baseline = baselineOf(target);
  const moved: GivenTarget = {
    ...target,
    hpa: { ...baseline, name: `${name}-v2`, uid: `uid-hpa-${name}-v2` },
    spec: { ...target.spec, workloadRef: { name: `${name}-v2` } },
  };
  return { ...withGiven(state, given => changeTarget(given, name, () => moved)), strays: [...state.strays, ...strays] };
}
