import type { Observation } from '../../observe/observation.ts';

/**
 * Why bounds of a namespace are only raised now, in a sentence; undefined while every cache is fresh. An extended sale
 * may be missing in what is known; raising too much is mended at the next reconcile, lowering too early costs visitors.
 */
export function describeOnlyRaises({ doubts = [] }: Observation): string | undefined {
  if (doubts.length === 0) return undefined;
  const kinds = (state: 'Unread' | 'Stale') => doubts.filter(doubt => doubt.state === state).map(({ kind }) => kind);
  const [unread, stale] = [kinds('Unread'), kinds('Stale')];
  const parts = [
    ...(unread.length === 0 ? [] : [`${unread.join(', ')} cannot be read`]),
    ...(stale.length === 0 ? [] : [`${stale.join(', ')} may be out of date by more than 90 s`]),
  ];
  return `${parts.join('; ')}: bounds are raised by what is known and not lowered.`;
}
