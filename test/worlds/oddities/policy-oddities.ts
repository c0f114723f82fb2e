import { changePolicy, minuteMs, type Oddity, withGiven } from '../world.ts';
import { withApproval, withEmergency, withLimit, withoutRoom, withPolicy, withPolicyAt } from './change-policy.ts';
import { anySale, instantIn, isFar } from './change-sale.ts';

/** What may be odd about the policy and the operator's settings. */
export const policyOddities: readonly Oddity[] = [
  {
    name: 'a slow way down',
    weight: 4,
    make: draft => withPolicy(draft, { rampDown: { percentPerMinute: draft.random.pick([20, 34, 50]) } }),
  },
  {
    name: 'a cap on each target',
    weight: 2,
    make: draft => withPolicy(draft, { maxReplicasPerTarget: draft.random.int(5, 60) }),
  },
  {
    name: 'a cap that comes later',
    make: draft => void withPolicyAt(draft, 'a cap', { maxReplicasPerTarget: draft.random.int(5, 60) }),
  },
  { name: 'a total', weight: 3, make: draft => withPolicy(draft, { maxTotalReplicas: draft.random.int(30, 200) }) },
  { name: 'a limit of connections', weight: 3, make: draft => withLimit(draft, 'perReplica') },
  { name: 'a limit of requests', weight: 2, make: draft => withLimit(draft, 'perThousandRequests') },
  {
    name: 'an approval that nobody has given',
    weight: 3,
    make: draft =>
      withPolicy(draft, {
        approval: draft.random.pick([
          { abovePeakPercent: 200 },
          { aboveExtraReplicas: 20 },
          { abovePeakPercent: 300, aboveExtraReplicas: 40 },
        ]),
      }),
  },
  { name: 'an approval', weight: 5, make: withApproval },
  {
    name: 'approvals without their guard',
    weight: 2,
    make: draft => {
      withApproval(draft);
      draft.given = {
        ...draft.given,
        approvalGuard: { missing: 'ValidatingAdmissionPolicy headstart-approval is not in force' },
      };
    },
  },
  { name: 'an emergency to the ceiling', weight: 3, make: draft => withEmergency(draft, 'Ceiling') },
  { name: 'an emergency to the baseline', weight: 3, make: draft => withEmergency(draft, 'Baseline') },
  {
    name: 'a pause',
    weight: 4,
    make: draft => withPolicy(draft, { paused: draft.random.pick(['Up', 'Down', 'Both']) }),
  },
  {
    name: 'a pause that comes and goes',
    weight: 2,
    make: draft => {
      const at = withPolicyAt(draft, 'a pause', { paused: draft.random.pick(['Up', 'Down', 'Both']) });
      draft.changes.push({
        at: at + 15 * minuteMs,
        what: 'the end of the pause',
        change: state => withGiven(state, given => changePolicy(given, { paused: 'None' })),
      });
    },
  },
  {
    name: 'maximums taken away while raises are paused',
    weight: 6,
    make: draft => {
      const [sale, { random }] = [anySale(draft), draft];
      const [start, end] = [Date.parse(sale.startTime), Date.parse(sale.endTime)];
      const at = Math.round((start + (0.35 + 0.4 * random.next()) * (end - start)) / 1000) * 1000;
      if (Number.isFinite(at) && !isFar(sale, draft.evening))
        draft.changes.push({
          at,
          what: 'maximums are taken away',
          change: state => withGiven(state, given => changePolicy(withoutRoom(given), { paused: 'Up' })),
        });
    },
  },
  {
    name: 'a policy that only forecasts',
    make: draft => void withPolicyAt(draft, 'only forecasts', { mode: 'ForecastOnly' }),
  },
  {
    name: 'a policy that cannot be read',
    weight: 2,
    make: draft => {
      const broken = {
        kind: 'ScalingPolicy',
        name: 'default',
        field: 'spec.rampDown',
        message: 'must be an object',
      } as const;
      draft.given = { ...draft.given, unreadable: [...(draft.given.unreadable ?? []), broken] };
    },
  },
  {
    name: 'room is asked of CapacityBuffers that nobody made',
    weight: 2,
    make: draft => withPolicy(draft, { nodeRoom: 'CapacityBuffer' }),
  },
  { name: 'ready long before', make: draft => withPolicy(draft, { readyBeforeSeconds: draft.random.pick([0, 3600]) }) },
  {
    name: 'a cap of the operator',
    weight: 2,
    make: draft => {
      draft.given = { ...draft.given, limits: { replicasPerTarget: draft.random.int(10, 40) } };
    },
  },
  {
    name: 'a freeze',
    weight: 3,
    make: draft => withPolicy(draft, { freeze: { beforeSeconds: 3600, afterSeconds: 1800 } }),
  },
  {
    name: 'prices',
    weight: 3,
    make: draft => {
      const replicaHour = draft.random.pick(['0.04', '2']);
      withPolicy(draft, { cost: { currency: 'EUR', replicaHour, orderValue: '40', ordersPerHundredRequests: '2' } });
    },
  },
  {
    name: 'no surge room',
    make: draft => {
      draft.given = { ...draft.given, limits: { ...draft.given.limits, surgeRoomPercent: 0 } };
    },
  },
  {
    name: 'a cache that may miss changes',
    weight: 2,
    make: draft => {
      const doubts = [{ kind: 'FlashSale', state: draft.random.pick(['Unread', 'Stale'] as const) }];
      draft.changes.push({
        at: instantIn(draft, anySale(draft), 'any'),
        what: 'a cache falls behind',
        change: state => withGiven(state, given => ({ ...given, doubts })),
      });
    },
  },
  {
    name: 'a small quota',
    weight: 3,
    make: draft => {
      draft.given = {
        ...draft.given,
        quotas: [{ name: 'pods', hard: { pods: String(draft.random.int(20, 60)) }, used: { pods: '18' } }],
      };
    },
  },
  {
    name: 'room on nodes that is lacking',
    weight: 6,
    make: draft => {
      withPolicy(draft, { nodeRoom: 'PlaceholderPods' });
      const unready = [{ count: 3, ageSeconds: 3600, reason: 'Unschedulable' }];
      const placed = Object.keys(draft.given.targets).filter(() => draft.random.chance(0.6));
      draft.given = { ...draft.given, placeholders: placed.map(target => ({ target, pods: { unready } })) };
    },
  },
  {
    name: 'a right that the operator lacks',
    weight: 4,
    make: draft => {
      const right = { group: 'autoscaling', resource: 'horizontalpodautoscalers', verb: 'patch' } as const;
      draft.given = { ...draft.given, rights: { missing: [right] } };
    },
  },
  {
    name: 'a LimitRange that admits no pod',
    weight: 2,
    make: draft => {
      const limits = [
        { type: 'Container' as const, max: { memory: '1Gi' }, min: {}, limit: { memory: '1Gi' }, request: {} },
      ];
      const [name = '', target] = Object.entries(draft.given.targets)[0] ?? [];
      const pod = { containers: [{ name: 'app', resources: { limits: { memory: '2Gi' } } }] };
      draft.given = {
        ...draft.given,
        limitRanges: [{ name: 'limits', limits }],
        targets: {
          ...draft.given.targets,
          [name]: { ...target, workload: { pod } as NonNullable<typeof target>['workload'] },
        },
      } as typeof draft.given;
    },
  },
];
