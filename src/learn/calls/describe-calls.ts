import type { MeasuredRatio } from '../../api/learned/call-ratio.ts';
import { formatQuantity } from '../../api/quantity.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { correctRatio } from './correct-ratio.ts';
import { type SaleRatio, toldShare } from './sale-ratio.ts';

/** Describes where the calls of a target differ by more than a fifth from what it declares, a sentence each. */
export function describeCalls({ spec, status }: Pick<ScalingTarget, 'spec' | 'status'>): readonly string[] {
  return spec.calls.flatMap(({ target, perThousandRequests: declared }) => {
    const known = status?.callRatios?.find(one => one.target === target);
    const when = [
      ...differing(declared, known?.ordinary, 'on ordinary days'),
      ...differing(declared, known?.night, 'at night'),
    ];
    if (when.length === 0) return [];
    return [`${target}: ${when.join(' and ')} of 1,000 requests; perThousandRequests states ${declared}.`];
  });
}

/** Whether two ratios differ by more than a fifth. */
export function isOtherRatio(ratio: number, declared: number): boolean {
  return Math.abs(ratio - declared) > toldShare * declared;
}

/** Describes the ratio by which a sale is passed on where it is not the declared one, and what it rests on. */
export function describeSaleRatio(
  { caller, to }: { readonly caller: string; readonly to: string },
  { perThousandRequests, declared, pastSales, ordinaryHours }: SaleRatio,
): string {
  const sales = pastSales === 0 ? [] : [`${pastSales} past ${pastSales === 1 ? 'sale' : 'sales'}`];
  const hours =
    ordinaryHours === undefined ? [] : [`${ordinaryHours} ordinary ${ordinaryHours === 1 ? 'hour' : 'hours'}`];
  return `${to} gets ${formatQuantity(perThousandRequests)} of 1,000 requests of ${caller} in a sale, by ${[...sales, ...hours].join(' and ')}; its calls state ${declared}`;
}

function differing(declared: number, measured: MeasuredRatio | undefined, when: string): readonly string[] {
  if (measured === undefined) return [];
  const { perThousandRequests: ratio, hours } = measured;
  const corrected = correctRatio(declared, { ratio, hours });
  if (!isOtherRatio(corrected, declared)) return [];
  return [
    `${formatQuantity(Number(corrected.toPrecision(2)))} ${when}, from ${hours} ${hours === 1 ? 'hour' : 'hours'}`,
  ];
}
