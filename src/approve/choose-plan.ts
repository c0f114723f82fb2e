import { ParseError } from '../api/faults/parse-error.ts';
import { type FlashSale, parseFlashSale } from '../api/flash-sale.ts';
import { formatInstant, parseInstant } from '../api/instant.ts';
import { salePlanName } from '../api/names/sale-plan-name.ts';
import type { SalePlan } from '../api/sale-plan.ts';
import { isSameSeries, isSkipped } from '../api/series/recurring-sale.ts';
import { isApiError } from '../kube/api-error.ts';
import type { Connection } from '../kube/connect.ts';
import { flashSales } from '../kube/resources/resource-kind.ts';
import { announcedWindow, statedSpec } from '../plan/accepted-edits.ts';
import { readSalePlans } from './read-sale-plans.ts';

/** Milliseconds by which an end may differ from the planned one: a plan is not made anew for less. */
const sameTimeMs = 60_000;

/**
 * Chooses the SalePlan to approve: the one of that name, or the next of the FlashSale of that name.
 *
 *   SalePlan                                        →  chosen
 *   at a time that the FlashSale announces              yes
 *   of a sale that has begun and is not over            yes: it goes on although the FlashSale was moved
 *   to come, at a time from before a move               no, not by its own name either
 *   over                                                only by its own name
 *   planned until another end than is announced         refused until it is planned anew
 *   of a FlashSale that is gone or cannot be read       as recorded
 *
 * @throws Error when there is none to approve; ApiError when the caller may not read it
 */
export async function choosePlan(
  connection: Connection,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  /** Epoch ms. */
  now: number,
): Promise<SalePlan> {
  const plans = await readSalePlans(connection, namespace);
  const named = plans.find(({ metadata }) => metadata.name === name);
  const saleName = named?.spec.sale.name ?? name;
  const ofSale = plans.filter(({ spec }) => spec.sale.name === saleName);
  if (ofSale.length === 0)
    throw new Error(`no SalePlan or FlashSale with a SalePlan is called ${name} in namespace ${namespace}`);
  const sale = await readSale(connection, { name: saleName, namespace });
  const isMeant = (record: SalePlan) => sale === undefined || hasBegun(record, now) || announces(sale, record);
  const notOver = ofSale.filter(record => now < plannedEnd(record));
  const chosen = named ?? notOver.find(isMeant);
  if (chosen === undefined)
    throw new Error(
      sale === undefined || notOver.length === 0
        ? `every SalePlan of ${saleName} in namespace ${namespace} is over`
        : describeStale(sale, undefined),
    );
  if (sale === undefined) return chosen;
  if (!isMeant(chosen)) throw new Error(describeStale(sale, chosen));
  if (!hasBegun(chosen, now)) refuseOtherEnd(chosen, sale);
  return chosen;
}

/** Reads a FlashSale; undefined when it is gone or cannot be read as one. */
async function readSale(
  connection: Connection,
  ref: { readonly name: string; readonly namespace: string },
): Promise<FlashSale | undefined> {
  try {
    return parseFlashSale(await connection.resource(flashSales).get(ref));
  } catch (error) {
    if (error instanceof ParseError || isApiError(error, 404)) return undefined;
    throw error;
  }
}

/** Whether a FlashSale as it stands now has a sale at the time of a SalePlan. */
function announces({ metadata, spec }: FlashSale, record: SalePlan): boolean {
  if (spec.cancelled) return false;
  if (spec.recurrence === undefined)
    return record.metadata.name === salePlanName(metadata.name, parseInstant(spec.startTime));
  return isSameSeries(statedSpec(record), spec) && !isSkipped(spec, announcedWindow(record).start);
}

function hasBegun(record: SalePlan, now: number): boolean {
  return announcedWindow(record).start <= now;
}

/** The end that is planned, epoch ms. */
function plannedEnd(record: SalePlan): number {
  const planned = record.status?.plan?.endTime;
  return planned === undefined ? announcedWindow(record).end : parseInstant(planned);
}

/** Why no SalePlan to come is what the FlashSale announces, and what to do. */
function describeStale({ metadata: { name }, spec }: FlashSale, stale: SalePlan | undefined): string {
  if (spec.cancelled) return `FlashSale ${name} is cancelled, so nothing of it is raised`;
  const now =
    spec.recurrence === undefined
      ? `FlashSale ${name} starts at ${formatInstant(parseInstant(spec.startTime))} now`
      : `FlashSale ${name} has other dates now`;
  return stale === undefined
    ? `${now}, and no SalePlan is made for it yet: run it again in a minute`
    : `${now}, so ${stale.metadata.name} is never raised: run headstart approve ${name}`;
}

/** @throws Error when a single sale is announced until another time than it is planned for */
function refuseOtherEnd(record: SalePlan, { metadata, spec }: FlashSale): void {
  const end = parseInstant(spec.endTime);
  const planned = plannedEnd(record);
  if (spec.recurrence !== undefined || Math.abs(end - planned) < sameTimeMs) return;
  throw new Error(
    `FlashSale ${metadata.name} ends at ${formatInstant(end)} now, and ${record.metadata.name} is planned until ${formatInstant(planned)}: run it again once the operator has planned it`,
  );
}
