import { mostOfOneKind } from '../../api/learned/notice-record.ts';
import type { SalePlan } from '../../api/sale-plan.ts';
import type { Observation } from '../../observe/observation.ts';
import { isDueOrAhead, type Occurrence } from '../accept/occurrence.ts';
import type { SaleOutlook } from '../plan.ts';
import type { Notice } from './notice.ts';
import { openNotices } from './open-notices.ts';
import { overNotices } from './over-notices.ts';

/** Notices of one SalePlan that hold now and were not told yet. */
export interface DueNotices {
  /** UID of the SalePlan. */
  readonly uid: string;
  readonly notices: readonly Notice[];
}

/**
 * Decides what is to be told now of each sale that is planned now or over; nothing where the policy names no channel. A
 * notice that was told, as the SalePlan's status says, is not told again, in whichever process.
 */
export function dueNotices(
  observation: Observation,
  outlooks: readonly SaleOutlook[],
  occurrences: readonly Occurrence[],
): readonly DueNotices[] {
  const { now, policy, salePlans } = observation;
  if (policy.notify === undefined) return salePlans.map(({ metadata: { uid = '' } }) => ({ uid, notices: [] }));
  const rules = { now, readyBeforeSeconds: policy.readyBeforeSeconds };
  const open = new Map(outlooks.map(outlook => [outlook.salePlan, outlook]));
  const known = new Map(occurrences.map(occurrence => [occurrence.salePlan, occurrence]));
  return salePlans.flatMap((record): readonly DueNotices[] => {
    const { name, uid = '' } = record.metadata;
    const [outlook, occurrence] = [open.get(name), known.get(name)];
    if (occurrence !== undefined && !isDueOrAhead(occurrence, now))
      return [{ uid, notices: untold(overNotices(occurrence, record, observation), record) }];
    return outlook === undefined ? [] : [{ uid, notices: untold(openNotices(outlook, record, rules), record) }];
  });
}

/** Returns those that the SalePlan's status has not, as far as their kind was not told too often. */
function untold(notices: readonly Notice[], { status }: SalePlan): readonly Notice[] {
  const told = status?.notices ?? [];
  return notices.filter(({ kind, about }) => {
    const same = told.filter(record => record.kind === kind);
    return same.length < mostOfOneKind && !same.some(record => record.about === about);
  });
}
