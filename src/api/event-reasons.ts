/** Properties of an Event reason: type, action, and what happened in one sentence. */
interface EventEntry {
  readonly type: 'Normal' | 'Warning';
  readonly action: string;
  readonly meaning: string;
}

/**
 * Events that do not come from a change of a condition; each regards a ScalingTarget. Those of conditions are in the
 * catalogue.
 */
export const eventReasons = {
  BoundsWritten: { type: 'Normal', action: 'Apply', meaning: 'Bounds or replicas were written.' },
  RoomWritten: { type: 'Normal', action: 'Apply', meaning: 'Room on nodes was opened, or given back.' },
  WriteRefused: {
    type: 'Warning',
    action: 'Apply',
    meaning: 'The API server, an admission policy or the last check before the write said no.',
  },
  WriteDeferred: {
    type: 'Warning',
    action: 'Apply',
    meaning: 'The write waits: another writer was answered too recently, or other targets must be lowered first.',
  },
  ReleasedUnread: {
    type: 'Warning',
    action: 'Release',
    meaning: 'A target that is being deleted and cannot be read was let go without a restore.',
  },
  RaiseUnrecorded: {
    type: 'Warning',
    action: 'Restore',
    meaning:
      'An HPA is raised by annotations of Headstart, and no ScalingTarget has recorded the raise; it regards the HPA.',
  },
  LetGo: {
    type: 'Warning',
    action: 'Release',
    meaning:
      'A target that is being deleted was let go without a restore, because its annotation headstart.dev/let-go asks for it.',
  },
  RaiseNotRecorded: {
    type: 'Warning',
    action: 'Apply',
    meaning:
      'The API server dropped status.raised of the target, because its CRD is of an older version: apply the new one.',
  },
} as const satisfies Readonly<Record<string, EventEntry>>;

/** Reason of an Event that does not come from a change of a condition. */
export type EventReason = keyof typeof eventReasons;
