import type { Event } from '../../event.ts';
import { reachAfterMs, reachBeforeMs } from '../event-clock.ts';

/**
 * The events of `known` that run or have ended less than two hours before `origin` (epoch ms) and are not `requested`:
 * their visitors are still there, whoever asks, and the base does not count them. One that is over and whose last
 * visitors stay until a requested event begins is not among them: past uplifts were measured with such visitors in them.
 */
export function feltEvents(known: readonly Event[], requested: readonly Event[], origin: number): readonly Event[] {
  const isCounted = (event: Event) =>
    requested.some(
      ({ start }) => event.end <= Math.min(origin, start) && start - reachBeforeMs < event.end + reachAfterMs,
    );
  const named = new Set(requested.map(({ id, start }) => `${start} ${id}`));
  return known.filter(event => {
    const { id, start, end } = event;
    const name = `${start} ${id}`;
    if (isCounted(event) || start >= origin || end + reachAfterMs <= origin || named.has(name)) return false;
    named.add(name);
    return true;
  });
}
