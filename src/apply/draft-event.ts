import { type EventReason, eventReasons } from '../api/event-reasons.ts';
import type { EventDraft } from '../kube/events/event-recorder.ts';

/** Drafts an Event whose type and action come from its reason's entry in the table of Events. */
export function draftEvent(regarding: EventDraft['regarding'], reason: EventReason, note: string): EventDraft {
  const { type, action } = eventReasons[reason];
  return { regarding, type, reason, action, note };
}
