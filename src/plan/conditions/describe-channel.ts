import { didYouMean } from '../../api/faults/closest-word.ts';
import type { Observation } from '../../observe/observation.ts';

/** Describes a channel that the policy names and the operator's settings do not have; empty where they have it. */
export function channelNotes({
  policy,
  limits: { channels },
}: Pick<Observation, 'policy' | 'limits'>): readonly string[] {
  const channel = policy.notify?.channel;
  if (channel === undefined || channels === undefined || channels.includes(channel)) return [];
  const hint = didYouMean(channel, channels);
  return [`Nobody is notified: channels of the operator's settings has no ${channel}${hint === '' ? '.' : hint}`];
}
