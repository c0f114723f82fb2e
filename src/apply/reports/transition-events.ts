import type { Condition } from '../../api/condition.ts';
import { conditionEntry } from '../../api/conditions/condition-catalogue.ts';
import type { EventDraft } from '../../kube/events/event-recorder.ts';
import type { AppliedWrite } from '../applied.ts';
import { draftEvent } from '../draft-event.ts';

/**
 * Plans the Events for the changed conditions of an object: one per condition whose status is new and that the
 * catalogue marks for Events, with the condition's message. A first status causes an Event only when it is bad, and a
 * new reason of a bad status only where the catalogue says so.
 */
export function planTransitionEvents(
  regarding: EventDraft['regarding'],
  before: readonly Condition[],
  after: readonly Condition[],
): readonly EventDraft[] {
  const known = new Map(before.map(condition => [condition.type, condition]));
  return after.flatMap(({ type, status, reason, message }): EventDraft[] => {
    const { good, event = 'None', tellsReasons = false } = conditionEntry(type) ?? {};
    const { status: last, reason: lastReason } = known.get(type) ?? {};
    if (event === 'None' || status === 'Unknown') return [];
    if (status === last && (status === good || !tellsReasons || reason === lastReason)) return [];
    if (last === undefined && (status === good || event === 'Normal')) return [];
    return [{ regarding, type: status === good ? 'Normal' : event, reason, action: type, note: message }];
  });
}

/** Plans the Event for a written, refused or deferred write to a target's HPA or workload; undefined for any other. */
export function planWriteEvent(regarding: EventDraft['regarding'], write: AppliedWrite): EventDraft | undefined {
  if (write.part !== 'Bounds' && write.part !== 'Scale') return undefined;
  if (write.outcome === 'Written') return draftEvent(regarding, 'BoundsWritten', write.message);
  const note = `${write.kind} ${write.name}: ${write.message}`;
  if (write.outcome === 'Refused') return draftEvent(regarding, 'WriteRefused', note);
  if (write.outcome === 'Deferred') return draftEvent(regarding, 'WriteDeferred', note);
  return undefined;
}
