import type { SalePlan } from '../../../api/sale-plan.ts';
import type { Occurrence } from '../../accept/occurrence.ts';
import type { KnownPeak } from './describe-peak.ts';

/**
 * Finds what the report of the newest reviewed sale like this one said to state: of the same FlashSale, else of the same
 * saleType; undefined where none was reviewed.
 */
export function pastAdvice(
  { sale, salePlan, spec, start }: Pick<Occurrence, 'sale' | 'salePlan' | 'spec' | 'start'>,
  salePlans: readonly SalePlan[],
): KnownPeak['advised'] {
  const advised = salePlans.flatMap(({ metadata, spec: { sale: other }, status }) => {
    const { reviewedAt, suggestedPeakPercent: percent } = status?.review ?? {};
    if (reviewedAt === undefined || percent === undefined || metadata.name === salePlan) return [];
    const isSame = other.name === sale;
    const isAlike = spec.saleType !== undefined && other.spec.saleType === spec.saleType;
    const at = Date.parse(reviewedAt);
    return (isSame || isAlike) && at <= start ? [{ salePlan: metadata.name, ratio: percent / 100, isSame, at }] : [];
  });
  const [best] = advised.toSorted(
    (a, b) => Number(b.isSame) - Number(a.isSame) || b.at - a.at || (a.salePlan < b.salePlan ? -1 : 1),
  );
  return best === undefined ? undefined : { salePlan: best.salePlan, ratio: best.ratio };
}
