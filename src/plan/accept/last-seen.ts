import { parseInstant } from '../../api/instant.ts';
import type { SalePlan } from '../../api/sale-plan.ts';

/** The last instant in [start, end] (epoch ms) that the record of a sale covers; `start` when it covers nothing. */
export function lastSeen(record: SalePlan | undefined, start: number, end: number): number {
  const times = (record?.status?.timeline ?? []).flatMap(({ points }) => points.map(({ t }) => parseInstant(t)));
  return times.reduce((last, t) => (t > last && t <= end ? t : last), start);
}
