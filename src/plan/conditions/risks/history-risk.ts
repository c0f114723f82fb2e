import type { TargetCheck } from './target-check.ts';

/** Share of the history from which on values left out are a risk; fewer are told beside the forecast. */
const tellingShare = 0.01;

/** Values in the history that cannot be meant: many of them, or the newest. */
export function historyRisk({ need, desired: { name } }: TargetCheck): readonly string[] {
  const told = (need.notes ?? []).filter(({ kind, share }) => kind === 'Kept' || share >= tellingShare);
  if (told.length === 0) return [];
  const notes = told.map(({ message }) => message).join('; ');
  return [`${name}: history: ${notes}. Check what demand.query gives at these times.`];
}
