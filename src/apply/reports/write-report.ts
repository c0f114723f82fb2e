import type { Condition } from '../../api/condition.ts';
import { apiVersion } from '../../api/group.ts';
import type { AppliedWrite } from '../applied.ts';
import type { ApplyContext } from '../apply-context.ts';
import { applyStatus, type StatusInput } from './apply-status.ts';
import type { OtherReport, Report } from './compose-reports.ts';
import { planTransitionEvents } from './transition-events.ts';

/** Writes one status when it is due and records an Event for each of its changes. */
export async function writeReport(
  context: ApplyContext,
  report: Report,
  when: Pick<StatusInput, 'now' | 'cadenceMs' | 'rank'>,
): Promise<AppliedWrite> {
  const { kind, metadata, composed, isNews = false, isConditional = false } = report;
  const written = await applyStatus(context, { kind, metadata, ...composed, ...when, isNews, isConditional });
  if (written.outcome === 'Written' && !context.dryRun) tell(context, report);
  return written;
}

/** Names an object of ours as what an Event regards. */
export function regard(kind: string, { name, namespace, uid }: OtherReport['metadata']) {
  return { apiVersion, kind, metadata: { name, namespace, uid } };
}

function tell(context: ApplyContext, { kind, metadata, composed }: Report): void {
  const before: readonly Condition[] = composed.before?.conditions ?? [];
  const events = planTransitionEvents(regard(kind.kind, metadata), before, composed.after.conditions ?? []);
  for (const event of events) context.events.recordEvent(event);
}
