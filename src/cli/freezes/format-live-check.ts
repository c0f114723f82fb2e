import { formatDuration } from '../../api/duration.ts';
import { breakGlassAnnotation } from '../../api/group.ts';
import { formatInstant } from '../../api/instant.ts';
import { isLeftBehind, openFreeze } from '../../api/series/deploy-freezes.ts';
import { isFlagUp, isFrozen } from './is-frozen.ts';
import type { LiveFreezes } from './live-freezes.ts';

/** Formats whether anything may be deployed in a namespace at `now` (epoch ms), for people or as JSON. */
export function formatLiveCheck(live: LiveFreezes, form: 'table' | 'json', now: number): string {
  const sentences = [describeWindow(live, now), ...describeFlag(live, now), ...live.unreadable];
  if (form === 'table') return sentences.map(sentence => `${live.namespace}: ${sentence}\n`).join('');
  const open = openFreeze(live.freezes, now);
  const until = open === undefined ? live.flag?.until : formatInstant(open.end);
  const frozen = isFrozen(live, now);
  const { namespace } = live;
  return `${JSON.stringify({ namespace, frozen, ...(frozen ? { until } : {}), says: sentences }, null, 2)}\n`;
}

function describeWindow({ freezes, isStated }: LiveFreezes, now: number): string {
  if (!isStated) return 'the ScalingPolicy states no freeze, so nothing is frozen';
  const open = openFreeze(freezes, now);
  if (open !== undefined) {
    const left = formatDuration((open.end - now) / 1000);
    return `deployments are frozen until ${formatInstant(open.end)}, for another ${left}, around ${open.sales.join(', ')}`;
  }
  const [next] = freezes;
  if (next === undefined) return 'no freeze window is open, and none is in view';
  return `no freeze window is open; the next is from ${formatInstant(next.start)} to ${formatInstant(next.end)}, around ${next.sales.join(', ')}`;
}

/**
 * Describes where the flag that the admission policy reads differs from the windows; nothing while they agree.
 *
 *   window open   flag                        →  it says
 *   yes           set                            nothing
 *   yes           not set                        nothing holds pod templates: the operator has not seen the window
 *   no            set, its end is to come        templates are held although no sale asks for it
 *   no            set, its end is past           left behind by an operator that is gone; it holds nothing any more
 */
function describeFlag(live: LiveFreezes, now: number): readonly string[] {
  const { freezes, flag, isStated, isNow } = live;
  if (!isNow || (flag === undefined && !isStated)) return [];
  const isOpen = openFreeze(freezes, now) !== undefined;
  if (isOpen && flag?.active !== true)
    return ['status.freeze.active is not set, so nothing holds pod templates: is the operator running?'];
  if (flag === undefined || isOpen) return [];
  if (isFlagUp(flag, now))
    return [
      `status.freeze still holds pod templates until ${flag.until}, although no sale asks for it now: is the operator running? Until then the annotation ${breakGlassAnnotation}="${flag.since} WHY" on a workload lets its template be changed`,
    ];
  if (isLeftBehind(flag, now))
    return [
      `status.freeze.active is still set although it ended at ${flag.until}: the operator has not cleared it (is it running?); it holds nothing any more`,
    ];
  return [];
}
