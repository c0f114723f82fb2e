import { describe, expect, test } from 'vitest';
import { mergeConditions } from '../../src/api/condition.ts';

const at = (time: string) => Date.parse(`2026-11-27T${time}Z`);

describe('mergeConditions', () => {
  const ready = { type: 'Ready', status: 'True', reason: 'Done', message: 'All is done.' } as const;

  test('keeps lastTransitionTime while the status stays, and moves it when the status changes', () => {
    const first = mergeConditions([], [ready], at('19:00:00'));
    const again = mergeConditions(first, [{ ...ready, reason: 'StillDone' }], at('20:00:00'));
    const changed = mergeConditions(again, [{ ...ready, status: 'False' }], at('21:00:00'));

    expect(again[0]).toMatchObject({ reason: 'StillDone', lastTransitionTime: '2026-11-27T19:00:00Z' });
    expect(changed[0]).toMatchObject({ status: 'False', lastTransitionTime: '2026-11-27T21:00:00Z' });
  });

  test('keeps what other writers say and sorts by type', () => {
    const theirs = mergeConditions([], [{ ...ready, type: 'Synced' }], 0);
    const merged = mergeConditions(theirs, [ready, { ...ready, type: 'Accepted' }], 0);
    expect(merged.map(condition => condition.type)).toEqual(['Accepted', 'Ready', 'Synced']);
  });

  test('lets nothing of ours outlive its reason: a type that is not mentioned any more goes', () => {
    const stalled = mergeConditions([], [ready, { ...ready, type: 'Stalled' }], 0);
    expect(mergeConditions(stalled, [ready], 0).map(condition => condition.type)).toEqual(['Ready']);
  });
});
