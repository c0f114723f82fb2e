import type { Oddity } from '../world.ts';
import { anyTarget, changeOne, standBeside, withFields } from './change-target.ts';

/** What may be odd about a target as it is stated. */
export const statedOddities: readonly Oddity[] = [
  {
    name: 'steps up',
    weight: 6,
    make: draft =>
      withFields(draft, { rampUp: draft.random.pick([{ percentPerMinute: 25 }, { steps: 4, everySeconds: 120 }]) }),
  },
  { name: 'a target that only forecasts', weight: 2, make: draft => withFields(draft, { mode: 'ForecastOnly' }) },
  {
    name: 'a target paused',
    weight: 2,
    make: draft => withFields(draft, { paused: draft.random.pick(['Up', 'Down', 'Both']) }),
  },
  { name: 'ordinary peaks', weight: 2, make: draft => withFields(draft, { ordinaryPeaks: true }) },
  {
    name: 'its own past sales',
    weight: 3,
    make: draft => changeOne(draft, target => ({ ...target, pastSales: 4, adds: { drop: 400, night: 50 } })),
  },
  {
    name: 'a low ceiling',
    weight: 2,
    make: draft => changeOne(draft, target => ({ ...target, spec: { ...target.spec, ceiling: 40 } })),
  },
  {
    name: 'a long way to readiness',
    weight: 2,
    make: draft => withFields(draft, { leadTimeSeconds: 1800, warmUpSeconds: 300 }),
  },
  {
    name: 'an emergency of its own',
    make: draft =>
      withFields(draft, {
        emergency: { action: 'Ceiling', until: '2040-01-01T00:00:00Z', requestedBy: 'ann', reason: 'an incident' },
      }),
  },
  {
    name: 'an objective',
    weight: 2,
    make: draft => withFields(draft, { objective: { p95Milliseconds: 300, query: 'p95' } }),
  },
  { name: 'steps of an hour', make: draft => withFields(draft, { demand: { query: 'requests', stepSeconds: 3600 } }) },
  {
    name: 'a callee that is not there',
    make: draft => withFields(draft, { calls: [{ target: 'moon', perThousandRequests: 1000 }] }),
  },
  {
    name: 'calls in a circle',
    weight: 2,
    make: draft => {
      const call = (target: string) => ({ spec: { calls: [{ target, perThousandRequests: 1000 }] } });
      standBeside(draft, 'left', call('right'));
      standBeside(draft, 'right', call('left'));
    },
  },
  {
    name: 'a capacity of zero',
    weight: 2,
    make: draft => {
      draft.unchecked = { ...draft.unchecked, [anyTarget(draft)]: { capacityPerReplica: '0' } };
    },
  },
  {
    name: 'a ceiling below the baseline',
    weight: 2,
    make: draft => {
      draft.unchecked = { ...draft.unchecked, [anyTarget(draft)]: { ceiling: 1 } };
    },
  },
  {
    name: 'a target that cannot be read',
    weight: 2,
    make: draft => standBeside(draft, 'broken', { spec: { ceiling: 'high' } }),
  },
];
