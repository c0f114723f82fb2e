import type { Oddity } from '../world.ts';
import { changeOne, changeOneAt } from './change-target.ts';

/** What may be odd about demand and pods. */
export const measuredOddities: readonly Oddity[] = [
  {
    name: 'no demand',
    weight: 3,
    make: draft =>
      changeOne(draft, target => ({
        ...target,
        demand: { missing: 'HTTP 503' },
        forecast: { missing: 'no model was fitted' },
      })),
  },
  {
    name: 'demand not read yet',
    make: draft =>
      changeOne(draft, target => ({
        ...target,
        demand: { missing: 'is being read', isPending: true },
        forecast: { missing: 'no model was fitted' },
      })),
  },
  {
    name: 'demand that stops',
    weight: 3,
    make: draft =>
      changeOneAt(draft, 'gives no new samples', target => ({
        ...target,
        demand: { ...target.demand, ageSeconds: 4000 },
      })),
  },
  {
    name: 'no forecast any more',
    weight: 2,
    make: draft =>
      changeOneAt(draft, 'has no forecast any more', target => ({
        ...target,
        forecast: { missing: 'the model cannot be read' },
      })),
  },
  {
    name: 'a short history',
    weight: 2,
    make: draft =>
      changeOne(draft, target => ({ ...target, demand: { historySeconds: draft.random.pick([86_400, 40 * 86_400]) } })),
  },
  {
    name: 'a history as long as asked',
    make: draft => changeOne(draft, target => ({ ...target, demand: { historySeconds: 400 * 86_400 } })),
  },
  {
    name: 'late samples',
    make: draft => changeOne(draft, target => ({ ...target, demand: { latenessSeconds: 180 } })),
  },
  {
    name: 'pods that crash',
    weight: 7,
    make: draft =>
      changeOneAt(draft, 'has pods that crash', target => ({
        ...target,
        pods: { ready: { 600: 6 }, unready: [{ count: 12, ageSeconds: 300, reason: 'CrashLoopBackOff' }] },
      })),
  },
  {
    name: 'pods without a node',
    weight: 3,
    make: draft =>
      changeOneAt(draft, 'has pods without a node', target => ({
        ...target,
        pods: { ready: { 600: 8 }, unready: [{ count: 2, ageSeconds: 60, reason: 'Unschedulable' }] },
      })),
  },
  {
    name: 'a pod without its image',
    weight: 3,
    make: draft =>
      changeOneAt(draft, 'has a pod without its image', target => ({
        ...target,
        pods: { ready: { 600: 8 }, unready: [{ count: 2, ageSeconds: 60, reason: 'ImagePullBackOff' }] },
      })),
  },
  {
    name: 'pods that stay few',
    weight: 2,
    make: draft => changeOne(draft, target => ({ ...target, pods: { ready: { [5 * 60]: 4, 10: 4 } } })),
  },
];
