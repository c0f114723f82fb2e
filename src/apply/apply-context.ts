import type { Connection } from '../kube/connect.ts';
import type { EventRecorder } from '../kube/events/event-recorder.ts';
import type { WriteMemory } from './write-memory.ts';
import type { WritePace } from './write-pace.ts';

/** What every action needs beside its values. */
export interface ApplyContext {
  /** Fenced: it refuses a write in the moment in which this replica does not lead. */
  readonly connection: Connection;
  readonly events: Pick<EventRecorder, 'recordEvent'>;
  /** The same path with the last call off. */
  readonly dryRun: boolean;
  /** Bounds and scales have a pace of their own, so that no report ever holds up a raise. */
  readonly pace: { readonly bounds: WritePace; readonly reports: WritePace };
  readonly memory: WriteMemory;
  readonly signal?: AbortSignal | undefined;
}
