import type { ResourceKind } from '../kube/resources/resource-kind.ts';
import { compareResourceVersions } from '../kube/watch/resource-version.ts';
import type { AppliedWrite } from './applied.ts';
import type { ApplyContext } from './apply-context.ts';
import { type AnyStatus, isStatusDue } from './status-cadence.ts';
import { statusPatch } from './status-patch.ts';
import { unwritten, write } from './write.ts';

/** One status to bring up to date. */
export interface StatusInput {
  readonly kind: ResourceKind;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid?: string | undefined;
    readonly resourceVersion?: string | undefined;
  };
  /** As the API has it; undefined when there is none yet. */
  readonly before: AnyStatus | undefined;
  /** As the API takes it: encoded. */
  readonly after: AnyStatus;
  readonly cadenceMs: number;
  /** Epoch ms, domain time. */
  readonly now: number;
  /** Whatever differs is written now. @default false */
  readonly isNews?: boolean;
  /** The write holds only for the version that was read: for a status that grows out of what it was. @default false */
  readonly isConditional?: boolean;
}

/** Writes what has changed of a status, by merge patch, when it is due; the object's spec is never touched. */
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

/** What the cache holds is what we have just written over: the next look, a moment later, sees it. */
function isOlderThanOurs({ memory }: ApplyContext, key: string, resourceVersion: string | undefined): boolean {
  const ours = memory.versionOf(key);
  return ours !== undefined && resourceVersion !== undefined && compareResourceVersions(resourceVersion, ours) < 0;
}
