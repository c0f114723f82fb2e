import { apiVersion } from '../../api/group.ts';
import { type ObjectMeta, objectMetaSchema } from '../../api/object-meta.ts';
import { type RaisedObject, readRaised } from '../../api/scaling-target.ts';
import type { EventDraft } from '../../kube/events/event-recorder.ts';
import { scalingTargets } from '../../kube/resources/resource-kind.ts';
import type { UnparsedObject } from '../../kube/resources/wire.ts';
import type { AppliedWrite } from '../applied.ts';
import type { ApplyContext } from '../apply-context.ts';
import { toGone } from '../live-read.ts';
import { unwritten, write } from '../write.ts';

/** The parts of a ScalingTarget that accompany a raise: its metadata, and what it has recorded as raised. */
export interface TargetRecord {
  readonly metadata: ObjectMeta;
  readonly raised: readonly RaisedObject[];
}

/** One change of a ScalingTarget's finalizers and annotations, or of its ledger. */
interface TargetChange {
  readonly part: 'Finalizer' | 'Ledger';
  readonly message: string;
  /** Builds the metadata, or the whole ledger, to write; undefined when nothing is left to change. */
  readonly patchOf: (live: TargetRecord) => object | undefined;
}

/** Result of a change, and the target as it is after it. */
interface ChangedTarget {
  readonly written: AppliedWrite;
  readonly live: TargetRecord;
}

/**
 * Changes a target from the version that was read. A merge patch replaces a list whole, so each attempt is valid only
 * for the version whose lists were read; at most three attempts.
 */
export async function changeTarget(
  context: ApplyContext,
  target: TargetRecord,
  { part, message, patchOf }: TargetChange,
): Promise<ChangedTarget> {
  const { name, namespace, uid } = target.metadata;
  const about = { kind: 'ScalingTarget', name, part } as const;
  const resource = context.connection.resource(scalingTargets);
  const { signal } = context;
  let live = target;
  let last = unwritten(about, 'Conflict', 'the target moved on three times while it was being marked');
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const patch = patchOf(live);
    if (patch === undefined) return { written: unwritten(about, 'Unchanged', message), live };
    const version = { uid, resourceVersion: live.metadata.resourceVersion };
    let answer: UnparsedObject | undefined;
    last = await write(context, {
      ...about,
      message,
      send: async () => {
        answer =
          part === 'Ledger'
            ? await resource.merge({ name, namespace }, { metadata: version, status: patch }, { sub: 'status', signal })
            : await resource.merge({ name, namespace }, { metadata: { ...version, ...patch } }, { signal });
      },
    });
    if (last.outcome !== 'Conflict')
      return { written: last, live: answer === undefined ? live : recordOf(answer, live) };
    const read = await toGone(resource.get({ name, namespace }, { signal }));
    if (read === undefined || read.metadata?.uid !== uid)
      return { written: unwritten(about, 'Gone', 'the target is not there any more'), live };
    live = recordOf(read, live);
  }
  return { written: last, live };
}

const maxAttempts = 3;

/** Reads the target from an answer; its metadata is as before where the answer has none. */
function recordOf({ metadata, status }: UnparsedObject, before: TargetRecord): TargetRecord {
  return { metadata: objectMetaSchema.safeParse(metadata).data ?? before.metadata, raised: readRaised(status) };
}

/** Lists the write of a change, unless none was needed. */
export function toldOf({ written }: Pick<ChangedTarget, 'written'>): readonly AppliedWrite[] {
  return written.outcome === 'Unchanged' ? [] : [written];
}

/** Names a ScalingTarget as the object that an Event regards. */
export function regardTarget(metadata: ObjectMeta): EventDraft['regarding'] {
  return { apiVersion, kind: 'ScalingTarget', metadata };
}
