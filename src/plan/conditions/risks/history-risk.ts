import type { TargetCheck } from './target-check.ts';

/** Share (0–1) of the history from which left-out values are a risk; fewer are only noted beside the forecast. */
const tellingShare = 0.01;

/** Reports implausible values in the history: many of them, or the newest. */
export function historyRisk({ need, desired: { name } }: TargetCheck): readonly string[] {
  const told = (need.notes ?? []).filter(({ kind, share }) => kind === 'Kept' || share >= tellingShare);
  if (told.length === 0) return [];
  const notes = told.map(({ message }) => message).join('; ');
  return [`${name}: history: ${notes}. Check what demand.query gives at these times.`];
}
