import type { Event } from '../../event.ts';
import { reachAfterMs } from '../event-clock.ts';

/**
 * The events of `known` that run or have ended less than two hours before `origin` (epoch ms) and are not `requested`:
 * their visitors are still there, whoever asks, and the base does not count them.
 */
export function feltEvents(known: readonly Event[], requested: readonly Event[], origin: number): readonly Event[] {
  const named = new Set(requested.map(({ id, start }) => `${start} ${id}`));
  return known.filter(({ id, start, end }) => {
    const name = `${start} ${id}`;
    if (start >= origin || end + reachAfterMs <= origin || named.has(name)) return false;
    named.add(name);
    return true;
  });
}
