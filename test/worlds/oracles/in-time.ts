import { isMissing } from '../../../src/api/missing.ts';
import type { TargetObservation } from '../../../src/observe/observation.ts';
import type { SaleOutlook, TargetPlan } from '../../../src/plan/plan.ts';
import type { GivenSale } from '../../support/shop/given-sales.ts';
import { addedAt, enters, ordinaryAt } from '../sale-needs.ts';
import {
  isForecastByMinute,
  isGivenUp,
  isSoldOut,
  type Look,
  liveOf,
  minimumAfter,
  type Oracle,
  plainSales,
  reachedFrom,
} from './look.ts';

const stepMs = 300_000;
/** Findings that say why a floor is short; the others say that it may be wrong. */
const shortening = [
  'Emergency',
  'TargetRefused',
  'ScaledToZero',
  'Paused',
  'Late',
  'AwaitingApproval',
  'LimitBinds',
  'NoDemand',
  'PodsFailing',
];

/**
 * Invariants 2 and 6: from the time on at which pods must start to be ready before a sale, the floor in force covers the
 * rest of the sale with all sales beside it, or the sale says why not, and has said so at the last look unless something
 * has happened since.
 */
export const standsInTime: Oracle = look => {
  const { observation, before, plan } = look;
  const sales = plainSales(before);
  return sales.flatMap(sale =>
    observation.targets.flatMap(observed => {
      const { name } = observed.target.metadata;
      const live = liveOf(observed);
      const planned = plan.targets.find(({ target }) => target === name);
      if (
        live === undefined ||
        planned === undefined ||
        !isDue(look, sale, observed) ||
        isGivenUp(observed, observation)
      )
        return [];
      if (!reachedFrom(before.given, enters(before.given, sale)).has(name)) return [];
      const need = needFrom(look, sale, observed);
      const inForce = minimumAfter(live, planned);
      if (inForce >= need) return [];
      const outlook = plan.sales.find(one => one.sale === sale.name && one.start === Date.parse(sale.startTime));
      if (isTold(planned)) return [];
      if (!tells(outlook, name)) return [`2: ${name} has ${inForce} of ${need} for ${sale.name}, and nobody is told`];
      return wasTold(look, sale, observed)
        ? []
        : [`2: ${name} has ${inForce} of ${need} for ${sale.name}, and nobody was told before`];
    }),
  );
};

function isDue({ observation, now }: Look, sale: GivenSale, { leadTime }: TargetObservation): boolean {
  const readyAt = Date.parse(sale.startTime) - observation.policy.readyBeforeSeconds * 1000;
  return readyAt - leadTime.seconds * 1000 <= now && now < Date.parse(sale.endTime);
}

/** Replicas for the highest P95 from now to the end of a sale: the least that is right, 0 where nobody can know. */
function needFrom(
  { before, now, observation }: Look,
  sale: GivenSale,
  { target: { metadata, spec }, leadTime, demand }: TargetObservation,
): number {
  const { given } = before;
  if (!isForecastByMinute(given) || isMissing(demand) || isSoldOut(before, sale)) return 0;
  const counted = plainSales(before).filter(
    other => !isSoldOut(before, other) && Date.parse(other.startTime) <= Date.parse(sale.startTime) + 36 * 3_600_000,
  );
  const [start, end] = [Date.parse(sale.startTime), Date.parse(sale.endTime)];
  const from = Math.ceil(Math.max(now, start) / stepMs) * stepMs;
  const until = sale.hold === 'Daily' ? Math.min(end, Math.max(now, start) + leadTime.seconds * 1000) : end;
  const capacity = Number(spec.capacityPerReplica);
  // Prices may choose another quantile than P95, which is 1.2 times the median, but none below the median.
  const quantile = observation.policy.cost === undefined ? 1.2 : 1;
  let need = 0;
  for (let at = from; at < until && capacity > 0; at += stepMs) {
    const ordinary = ordinaryAt(given, metadata.name, at);
    const demanded = quantile * (ordinary + addedAt(given, metadata.name, at, counted));
    need = Math.max(need, Math.ceil((demanded * (1 + spec.headroomPercent / 100)) / capacity - 1e-6));
  }
  return need;
}

function tells(outlook: SaleOutlook | undefined, target: string): boolean {
  return (outlook?.findings ?? []).some(
    ({ reason, message }) =>
      shortening.includes(reason) && (message.includes(target) || ['AwaitingApproval', 'LimitBinds'].includes(reason)),
  );
}

/** Whether the target says that nothing is raised, because its HPA has less than the baseline that it is said to have. */
function isTold({ conditions }: TargetPlan): boolean {
  return conditions.some(({ type, reason }) => type === 'BaselineDiffers' && reason === 'Different');
}

/**
 * Whether the sale said so at the look before, five minutes ago or more, if nothing has happened since. What a sale that
 * is held daily needs grows from day to day, so that it may be short now and was not then.
 */
function wasTold({ previous, isChanged, now }: Look, sale: GivenSale, observed: TargetObservation): boolean {
  if (previous === undefined || isChanged || now - previous.now < 300_000 || !isDue(previous, sale, observed))
    return true;
  const then = previous.plan.sales.find(one => one.sale === sale.name && one.start === Date.parse(sale.startTime));
  if (then === undefined || tells(then, observed.target.metadata.name)) return true;
  return sale.hold === 'Daily' && hadEnough(previous, sale, observed.target.metadata.name);
}

function hadEnough(look: Look, sale: GivenSale, name: string): boolean {
  const observed = look.observation.targets.find(({ target }) => target.metadata.name === name);
  const planned = look.plan.targets.find(({ target }) => target === name);
  const live = observed === undefined ? undefined : liveOf(observed);
  if (observed === undefined || planned === undefined || live === undefined) return true;
  return minimumAfter(live, planned) >= needFrom(look, sale, observed);
}
