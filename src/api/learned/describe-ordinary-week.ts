import { formatDuration } from '../duration.ts';
import { formatQuantity } from '../quantity.ts';
import type { OrdinaryWeek } from './ordinary-week.ts';

/** Describes in a phrase what raising ordinary peaks has saved and cost. */
export function describeOrdinaryWeek({
  until,
  days,
  replicaHours,
  secondsShort,
  secondsShortAlone,
}: OrdinaryWeek): string {
  const of = days === 1 ? 'in the day' : `in the ${days} days`;
  const cost = `${formatQuantity(Number(Math.abs(replicaHours).toPrecision(2)))} replica-hours ${replicaHours < 0 ? 'less' : 'more'}`;
  const [short, alone] = [secondsShort, secondsShortAlone].map(seconds => formatDuration(seconds));
  return `short for ${short} instead of ${alone} ${of} until ${until}, ${cost} than the HPA alone, by simulation`;
}
