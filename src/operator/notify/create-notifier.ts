import type { Clock } from '../../api/clock.ts';
import type { ApplyContext } from '../../apply/apply-context.ts';
import { noticeRecords } from '../../apply/record-notices.ts';
import { realTiming } from '../../kube/timing.ts';
import type { Settings } from '../settings/settings.ts';
import type { Log } from '../telemetry/log.ts';
import type { NotifyMetrics } from '../telemetry/notify-metrics.ts';
import { createChannels } from './create-channels.ts';
import { Notifier } from './notifier.ts';

/** Creates the notifier of one operator; none in a dry run, which could not record what it sent. */
export function createNotifier({
  settings,
  apply,
  clock,
  log,
  metrics,
}: {
  readonly settings: Pick<Settings, 'channels' | 'sources' | 'dryRun'>;
  readonly apply: Omit<ApplyContext, 'signal'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly metrics: NotifyMetrics;
}): { readonly notifier?: Notifier } {
  if (settings.dryRun) return {};
  const channels = createChannels(settings.channels, settings.sources);
  const records = noticeRecords(apply, () => clock.now());
  return { notifier: new Notifier({ channels, records, timing: realTiming, log, metrics }) };
}
