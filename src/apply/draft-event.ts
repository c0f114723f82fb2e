import { type EventReason, eventReasons } from '../api/event-reasons.ts';
import type { EventDraft } from '../kube/events/event-recorder.ts';

/** An Event with a reason of the table of Events, which gives its type and its action. */
export function draftEvent(regarding: EventDraft['regarding'], reason: EventReason, note: string): EventDraft {
  const { type, action } = eventReasons[reason];
  return { regarding, type, reason, action, note };
}
