import type { Condition } from '../api/condition.ts';
import type { EventDraft } from '../kube/events/event-recorder.ts';
import type { AppliedWrite } from './applied.ts';

/**
 * Conditions whose change a person wants to see in `kubectl describe`, with the status that needs no attention. Others
 * either follow from these (Ready, Stalled) or move in the ordinary course of a sale.
 */
const toldConditions: Readonly<Record<string, Condition['status']>> = {
  Accepted: 'True',
  Approved: 'True',
  AtCeiling: 'False',
  BaselineDiffers: 'False',
  BoundsInForce: 'True',
  CapacityReady: 'True',
  Completed: 'True',
  Contested: 'False',
  DemandAvailable: 'True',
  HistorySufficient: 'True',
  Prescaled: 'True',
};

/**
 * The Events for what has changed about an object: each told condition whose status is new, in the condition's own words.
 * A good first word is not news; a bad one is.
 */
export function planTransitionEvents(
  regarding: EventDraft['regarding'],
  before: readonly Condition[],
  after: readonly Condition[],
): readonly EventDraft[] {
  const known = new Map(before.map(condition => [condition.type, condition.status]));
  return after.flatMap(({ type, status, reason, message }): EventDraft[] => {
    const good = toldConditions[type];
    const last = known.get(type);
    if (good === undefined || status === last || status === 'Unknown') return [];
    if (last === undefined && (status === good || type === 'Prescaled' || type === 'Completed')) return [];
    const isCalm = status === good || type === 'Prescaled' || type === 'Completed';
    return [{ regarding, type: isCalm ? 'Normal' : 'Warning', reason, action: type, note: message }];
  });
}

/** The Event for a write to what a target scales; nothing where nothing was written or the same complaint was told. */
export function planWriteEvent(regarding: EventDraft['regarding'], write: AppliedWrite): EventDraft | undefined {
  if (write.part !== 'Bounds' && write.part !== 'Scale') return undefined;
  if (write.outcome === 'Written')
    return { regarding, type: 'Normal', reason: 'BoundsWritten', action: 'Apply', note: write.message };
  const note = `${write.kind} ${write.name}: ${write.message}`;
  if (write.outcome === 'Refused') return { regarding, type: 'Warning', reason: 'WriteRefused', action: 'Apply', note };
  if (write.outcome === 'Deferred')
    return { regarding, type: 'Warning', reason: 'WriteDeferred', action: 'Apply', note };
  return undefined;
}
