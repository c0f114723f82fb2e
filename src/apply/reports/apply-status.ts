import type { ResourceKind } from '../../kube/resources/resource-kind.ts';
import { compareResourceVersions } from '../../kube/watch/resource-version.ts';
import type { AppliedWrite } from '../applied.ts';
import type { ApplyContext } from '../apply-context.ts';
import { unwritten, write } from '../write.ts';
import { type AnyStatus, isStatusDue } from './status-cadence.ts';
import { statusPatch } from './status-patch.ts';

/** One status to update. */
export interface StatusInput {
  readonly kind: ResourceKind;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid?: string | undefined;
    readonly resourceVersion?: string | undefined;
  };
  /** Status as the API server has it; undefined when there is none yet. */
  readonly before: AnyStatus | undefined;
  /** Status to write, encoded for the API server. */
  readonly after: AnyStatus;
  readonly cadenceMs: number;
  /** Place among the statuses that wait for their turn, see WritePace. @default 0 */
  readonly rank?: number | undefined;
  /** Epoch ms, domain time. */
  readonly now: number;
  /** Writes any difference now instead of at the next slot. @default false */
  readonly isNews?: boolean;
  /**
   * Makes the write valid only for the version that was read, for a status that extends the previous one.
   *
   * @default false
   */
  readonly isConditional?: boolean;
}

/** Writes the changed fields of a status by merge patch when they are due; never changes the object's spec. */
export async function applyStatus(context: ApplyContext, input: StatusInput): Promise<AppliedWrite> {
  const { kind, metadata, before, after, cadenceMs, now } = input;
  const { name, namespace, uid, resourceVersion } = metadata;
  const about = { kind: kind.kind, name, part: 'Status' } as const;
  const key = uid ?? `${kind.kind}/${namespace}/${name}`;
  const sentAt = context.memory.statusSentAt(key, now);
  if (isOlderThanOurs(context, key, resourceVersion))
    return unwritten(about, 'Unchanged', 'our own last write is not in the cache yet');
  if (!input.isNews && !isStatusDue({ before, after, now, sentAt, cadenceMs }))
    return unwritten(about, 'Unchanged', 'status as before');
  const status = statusPatch({ ...before }, { ...after });
  if (status === undefined) return unwritten(about, 'Unchanged', 'status as before');
  const precondition = input.isConditional ? { uid, resourceVersion } : { uid };
  const written = await write(context, {
    ...about,
    rank: input.rank,
    message: `status: ${Object.keys(status).join(', ')}`,
    send: async () => {
      const patch = { metadata: precondition, status };
      const resource = context.connection.resource(kind);
      const made = await resource.merge({ name, namespace }, patch, { sub: 'status', signal: context.signal });
      context.memory.rememberVersion(key, made.metadata?.resourceVersion ?? '');
    },
  });
  if (written.outcome === 'Written') context.memory.rememberStatus(key, now);
  return written;
}

/** Returns true when the cached version is older than our own last write; the next reconcile has the newer one. */
export function isOlderThanOurs(
  { memory }: Pick<ApplyContext, 'memory'>,
  key: string,
  resourceVersion: string | undefined,
): boolean {
  const ours = memory.versionOf(key);
  return ours !== undefined && resourceVersion !== undefined && compareResourceVersions(resourceVersion, ours) < 0;
}
