import { type AutoscalerKind, boundsFields } from '../../api/autoscalers/autoscaler-kind.ts';
import type { ApplyContext } from '../apply-context.ts';
import { draftEvent } from '../draft-event.ts';

/** HPA that is raised without a record, with the sentence that tells it. */
export interface ToldRaise {
  /** @default HorizontalPodAutoscaler */
  readonly objectKind?: AutoscalerKind | undefined;
  readonly name: string;
  readonly uid: string;
  readonly note: string;
}

/** Records an Event regarding each HPA that is raised without a record, once per HPA and sentence in this process. */
export function tellUnrecorded(context: ApplyContext, namespace: string, raises: readonly ToldRaise[]): void {
  if (context.dryRun) return;
  for (const { objectKind, name, uid, note } of raises) {
    if (!context.memory.isNews(uid, note)) continue;
    const metadata = { name, namespace, uid };
    const { apiVersion, kind } = boundsFields(objectKind);
    const regarding = { apiVersion, kind, metadata };
    context.events.recordEvent(draftEvent(regarding, 'RaiseUnrecorded', note));
  }
}
