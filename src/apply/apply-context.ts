import type { Connection } from '../kube/connect.ts';
import type { EventRecorder } from '../kube/events/event-recorder.ts';
import type { WriteMemory } from './write-memory.ts';
import type { WritePace } from './write-pace.ts';

/** Clocks by which writes are spaced. */
export interface WriteClocks {
  /** Domain milliseconds since an arbitrary origin; never jumps. */
  monotonicMs(): number;
  /** Our clock minus the API server's, in ms, by which its times are corrected. */
  skewMs(): number;
}

/** Clients and state that every write uses. */
export interface ApplyContext {
  /** Connection that refuses a write while this replica does not lead. */
  readonly connection: Connection;
  readonly events: Pick<EventRecorder, 'recordEvent'>;
  /** Runs the same code without sending the write. */
  readonly dryRun: boolean;
  /** A pace each for bounds and scales, SalePlans, and other statuses, so that none delays one that matters more. */
  readonly pace: { readonly bounds: WritePace; readonly salePlans: WritePace; readonly statuses: WritePace };
  readonly memory: WriteMemory;
  readonly clocks: WriteClocks;
  readonly signal?: AbortSignal | undefined;
}
