import { formatInstant, formatInZone, parseInstant } from '../../api/instant.ts';
import type { SalePlan, TimelinePoint } from '../../api/sale-plan.ts';
import { countOf } from '../condition.ts';
import type { SaleOutlook } from '../plan.ts';
import type { SaleFinding } from '../sale-finding.ts';
import { type Notice, noticeSubject } from './notice.ts';

/** Findings that one notice quotes at most; the condition has them all. */
const mostQuoted = 3;
/** Newest points of the record that must all be above P95 before a sale runs hot: one in twenty is by itself. */
const hotPoints = 3;
/** Age in ms at which a point of the record says nothing of now; a record is stored every five minutes. */
const oldestPointMs = 15 * 60_000;

/**
 * Returns what holds now of a sale that is not over and may be told; of a recurring sale, of the date that its
 * FlashSale shows.
 *
 *   state                                                        →  kind
 *   accepted                                                         Planned
 *   Approved=False                                                  NeedsApproval   once an approval that does not suffice
 *   verdict AtRisk or NoGo, for more than a want of approval        AtRisk          once a verdict
 *   Prescaled=True                                                  Ready
 *   running, three points of a target in a row above P95            RunningHot
 *
 * What its replicas lack before `start − readyBeforeSeconds` is no risk: they are on their way.
 */
export function openNotices(
  outlook: SaleOutlook,
  record: SalePlan,
  { now, readyBeforeSeconds }: { readonly now: number; readonly readyBeforeSeconds: number },
): readonly Notice[] {
  if (outlook.isShown !== true) return [];
  const subject = noticeSubject(record, outlook, now);
  const told = [
    planned(outlook, record),
    needsApproval(outlook, record),
    atRisk(outlook, outlook.start - readyBeforeSeconds * 1000 <= now),
    ready(outlook),
    runningHot(outlook, record, now),
  ];
  return told.flatMap(one => (one === undefined ? [] : [{ ...subject, ...one }]));
}

type Told = Pick<Notice, 'kind' | 'about' | 'message'> | undefined;

function planned(outlook: SaleOutlook, record: SalePlan): Told {
  if (conditionOf(outlook, 'Accepted')?.status !== 'True') return undefined;
  const { start, end, peakPercent, extraReplicas, prescaleTime, mode } = outlook;
  const { timeZone } = record.spec.sale.spec;
  const [from, to] = [start, end].map(time => formatInZone(time, timeZone));
  const peak =
    peakPercent === undefined ? '' : ` Its peak is ${Math.round(peakPercent)} % of the same minute without a sale.`;
  const raised =
    mode === 'ForecastOnly'
      ? 'It is watched only: nothing is raised.'
      : `${countOf(extraReplicas, 'replica')} ${extraReplicas === 1 ? 'is' : 'are'} added from ${formatInstant(prescaleTime)} on.`;
  return { kind: 'Planned', message: `The sale from ${from} to ${to} is planned.${peak} ${raised}` };
}

function needsApproval(outlook: SaleOutlook, { spec }: SalePlan): Told {
  const approved = conditionOf(outlook, 'Approved');
  if (approved?.status !== 'False') return undefined;
  const about = spec.approval?.approvedAt;
  return { kind: 'NeedsApproval', ...(about === undefined ? {} : { about }), message: approved.message };
}

function atRisk({ findings = [], mode }: SaleOutlook, isReadinessDue: boolean): Told {
  if (mode === 'ForecastOnly') return undefined;
  const counted = findings.filter(
    ({ condition, reason, verdict }) =>
      reason !== 'AwaitingApproval' && (condition === 'Feasible' || verdict === 'NoGo' || isReadinessDue),
  );
  if (counted.length === 0) return undefined;
  const about = counted.some(({ verdict }) => verdict === 'NoGo') ? 'NoGo' : 'AtRisk';
  return { kind: 'AtRisk', about, message: quote(about, counted) };
}

function quote(verdict: 'AtRisk' | 'NoGo', findings: readonly SaleFinding[]): string {
  const worst = [
    ...findings.filter(one => one.verdict === 'NoGo'),
    ...findings.filter(one => one.verdict === 'AtRisk'),
  ];
  const quoted = worst.slice(0, mostQuoted).map(({ message, mend }) => [message, mend ?? []].flat().join(' '));
  const more = worst.length - quoted.length;
  const rest = more === 0 ? [] : [`${more} more are in the conditions of the FlashSale.`];
  return [`The verdict is ${verdict}.`, ...quoted, ...rest].join(' ');
}

function ready(outlook: SaleOutlook): Told {
  const prescaled = conditionOf(outlook, 'Prescaled');
  return prescaled?.status === 'True' ? { kind: 'Ready', message: prescaled.message } : undefined;
}

function runningHot({ stage }: SaleOutlook, { status }: SalePlan, now: number): Told {
  if (stage !== 'Running') return undefined;
  const hot = (status?.timeline ?? []).flatMap(({ target, points }) => {
    const newest = points.slice(-hotPoints);
    const last = newest.at(-1);
    const isHot = newest.length === hotPoints && newest.every(isAboveUpper) && isRecent(last, now);
    return isHot && last !== undefined ? [describeHot(target, last)] : [];
  });
  if (hot.length === 0) return undefined;
  const quoted = hot.slice(0, mostQuoted).join(', ');
  const more = hot.length > mostQuoted ? `, and ${hot.length - mostQuoted} more targets` : '';
  const floors = 'Floors follow the newest demand; look at the ceilings.';
  return { kind: 'RunningHot', message: `Demand stays above the forecast P95: ${quoted}${more}. ${floors}` };
}

function isAboveUpper({ demand, upper }: TimelinePoint): boolean {
  return demand !== undefined && upper !== undefined && demand > upper;
}

function isRecent(point: TimelinePoint | undefined, now: number): boolean {
  return point !== undefined && now - parseInstant(point.t) <= oldestPointMs;
}

function describeHot(target: string, { demand = 0, upper = 0 }: TimelinePoint): string {
  return `${target} has ${Math.round(demand)} requests per second, P95 was ${Math.round(upper)}`;
}

function conditionOf({ conditions }: SaleOutlook, type: string) {
  return conditions.find(condition => condition.type === type);
}
