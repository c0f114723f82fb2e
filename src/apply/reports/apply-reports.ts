import type { AppliedWrite } from '../applied.ts';
import type { ApplyContext } from '../apply-context.ts';
import { writeEach } from '../write-each.ts';
import { composeReports, type ReportsInput } from './compose-reports.ts';
import { quietCadenceMs, saleCadenceMs } from './status-cadence.ts';
import { planWriteEvent } from './transition-events.ts';
import { writeOf } from './write-of-target.ts';
import { regard, writeReport } from './write-report.ts';

/** Writes every status that is due and records an Event for each change. */
export async function applyReports(context: ApplyContext, input: ReportsInput): Promise<readonly AppliedWrite[]> {
  const { now, sales } = input.plan;
  const isSoon = sales.some(({ stage }) => stage === 'Prescaling' || stage === 'Running');
  const cadenceMs = isSoon ? saleCadenceMs : quietCadenceMs;
  return writeEach(await composeReports(input), async report =>
    'outcome' in report ? report : writeReport(context, report, { now, cadenceMs }),
  );
}

/** Records the Events of bounds that were just written, refused or deferred, each regarding its ScalingTarget. */
export function recordWrites(
  context: ApplyContext,
  { plan, applied, targets }: Pick<ReportsInput, 'plan' | 'applied' | 'targets'>,
): void {
  if (context.dryRun) return;
  for (const { target } of targets) {
    const planned = plan.targets.find(candidate => candidate.target === target.metadata.name);
    const write = writeOf(target, applied, planned?.autoscaler);
    const event = write === undefined ? undefined : planWriteEvent(regard('ScalingTarget', target.metadata), write);
    if (event === undefined) continue;
    const isNews = context.memory.isNews(target.metadata.uid ?? '', `${event.reason} ${event.note}`);
    if (isNews || event.type === 'Normal') context.events.recordEvent(event);
  }
}
