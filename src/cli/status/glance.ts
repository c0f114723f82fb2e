import type { Condition } from '../../api/condition.ts';
import { type FlashSale, parseFlashSale } from '../../api/flash-sale.ts';
import { parseInstant } from '../../api/instant.ts';
import type { OrdinaryWeek } from '../../api/learned/ordinary-week.ts';
import { parseScalingTarget, type ScalingTarget } from '../../api/scaling-target.ts';
import type { Connection } from '../../kube/connect.ts';
import { flashSales, scalingTargets } from '../../kube/resources/resource-kind.ts';
import type { UnparsedObject } from '../../kube/resources/wire.ts';

/** A sale in one line. */
export interface SaleGlance {
  readonly namespace: string;
  readonly name: string;
  /** Epoch ms; of a recurring sale, of the date that runs, else the next. */
  readonly start?: number;
  /** Epoch ms. */
  readonly end?: number;
  readonly timeZone: string;
  /** Percent of an ordinary minute. */
  readonly statedPercent?: number;
  readonly peakPercent?: number;
  readonly extraReplicas?: number;
  /** `Done` once it is over; `Refused` where it is not accepted, `Unread` where it cannot be read, `Unjudged` before the operator saw it. */
  readonly verdict: string;
  /** Why, in sentences; empty where nothing stands in the way. */
  readonly why: string;
}

/** A target in one line. */
export interface TargetGlance {
  readonly namespace: string;
  readonly name: string;
  readonly mode: string;
  /** `4..20` */
  readonly baseline: string;
  /** The bounds that the operator last saw or wrote. */
  readonly bounds: string;
  readonly isRaised: boolean;
  readonly ceiling?: number;
  readonly paused: string;
  /** What raising ordinary peaks saved and cost in seven days; absent where that is not simulated. */
  readonly ordinaryPeaks?: OrdinaryWeek;
  readonly ready: string;
  /** Why it is not ready; empty where it is. */
  readonly why: string;
}

/** All sales and targets at a glance. */
export interface Glance {
  readonly sales: readonly SaleGlance[];
  readonly targets: readonly TargetGlance[];
}

/** Reads the sales and targets of a namespace, or of all, by start and by name. @throws ApiError, TransportError */
export async function readGlance(
  connection: Connection,
  selection: { readonly namespace?: string | undefined; readonly labelSelector?: string | undefined },
): Promise<Glance> {
  const [sales, targets] = await Promise.all([
    connection.resource(flashSales).list(selection),
    connection.resource(scalingTargets).list(selection),
  ]);
  const places = (one: { readonly namespace: string; readonly name: string }) => `${one.namespace}/${one.name}`;
  const byPlace = <T extends { readonly namespace: string; readonly name: string }>(a: T, b: T) =>
    places(a) < places(b) ? -1 : 1;
  return {
    sales: sales
      .map(glanceAtSale)
      .sort((a, b) => (a.start ?? Number.POSITIVE_INFINITY) - (b.start ?? Number.POSITIVE_INFINITY) || byPlace(a, b)),
    targets: targets.map(glanceAtTarget).sort(byPlace),
  };
}

/** Describes a FlashSale; one that cannot be read says why. */
export function glanceAtSale(object: UnparsedObject): SaleGlance {
  const place = placeOf(object);
  const sale = parsed(parseFlashSale, object);
  if (sale instanceof Error) return { ...place, timeZone: 'UTC', verdict: 'Unread', why: sale.message };
  const { spec, status } = sale;
  return {
    ...place,
    start: parseInstant(status?.startTime ?? spec.startTime),
    end: parseInstant(status?.endTime ?? spec.endTime),
    timeZone: spec.timeZone,
    ...(spec.expectedPeakPercent === undefined ? {} : { statedPercent: spec.expectedPeakPercent }),
    ...(status?.peakPercent === undefined ? {} : { peakPercent: status.peakPercent }),
    ...(status?.extraReplicas === undefined ? {} : { extraReplicas: status.extraReplicas }),
    ...verdictOf(sale),
  };
}

/** Describes a ScalingTarget; one that cannot be read says why. */
export function glanceAtTarget(object: UnparsedObject): TargetGlance {
  const place = placeOf(object);
  const target = parsed(parseScalingTarget, object);
  if (target instanceof Error)
    return {
      ...place,
      mode: '?',
      baseline: '?',
      bounds: '?',
      isRaised: false,
      paused: '?',
      ready: 'Unread',
      why: target.message,
    };
  const { spec, status } = target;
  const { baseline, ceiling, mode, paused } = spec;
  const bounds = status?.bounds ?? baseline;
  const ready = conditionOf(target, 'Ready');
  return {
    ...place,
    mode,
    baseline: `${baseline.minReplicas}..${baseline.maxReplicas}`,
    bounds: `${bounds.minReplicas}..${bounds.maxReplicas}`,
    isRaised: (status?.raised ?? []).length > 0,
    ceiling,
    paused,
    ...(status?.ordinaryPeaks === undefined ? {} : { ordinaryPeaks: status.ordinaryPeaks }),
    ready: ready?.status ?? 'Unjudged',
    why: ready === undefined ? 'the operator has not judged it yet' : ready.status === 'True' ? '' : ready.message,
  };
}

function verdictOf(sale: FlashSale): Pick<SaleGlance, 'verdict' | 'why'> {
  const accepted = conditionOf(sale, 'Accepted');
  if (accepted?.status === 'False') return { verdict: 'Refused', why: accepted.message };
  const completed = conditionOf(sale, 'Completed');
  if (completed?.status === 'True') return { verdict: 'Done', why: completed.message };
  const { verdict } = sale.status ?? {};
  if (verdict === undefined) return { verdict: 'Unjudged', why: 'the operator has not judged it yet: is it running?' };
  const reasons = ['Feasible', 'CapacityReady', 'Approved'].flatMap(type => {
    const found = conditionOf(sale, type);
    return found?.status === 'False' ? [found.message] : [];
  });
  return { verdict, why: reasons.join(' ') };
}

function conditionOf(object: FlashSale | ScalingTarget, type: string): Condition | undefined {
  return object.status?.conditions?.find(condition => condition.type === type);
}

function placeOf({ metadata }: UnparsedObject): { readonly namespace: string; readonly name: string } {
  return { namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' };
}

function parsed<T>(parse: (value: unknown) => T, object: UnparsedObject): T | Error {
  try {
    return parse(object);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
