import type { Event } from '../../../forecasts/index.ts';
import { currentSales } from '../../plan/accept/current-sales.ts';
import type { ShownSale } from '../telemetry/sale-metrics.ts';
import type { AheadContext } from './plan-ahead.ts';
import { commonInputs, type Looked, saleInputs, seenVersions } from './sale-inputs.ts';

/** A namespace as its last reconcile saw it. */
export type AheadLook = Looked & { readonly events: ReadonlyMap<string, readonly Event[]> };

/** What is kept of the outlook on a sale, for metrics. */
export type SaleSummary = ShownSale;

/** A sale as it was last planned. */
export interface PlannedSale {
  readonly inputs: string;
  readonly sale: string;
  /** Versions of its FlashSale and SalePlan that were seen, by UID. */
  readonly versions: ReadonlyMap<string, string>;
  readonly summary: SaleSummary | undefined;
}

/** The sales of a namespace as they were last planned. */
export interface PlannedSales {
  /** By SalePlan. */
  readonly planned: Map<string, PlannedSale>;
  /** The inputs that all its sales share, and how often they have changed. */
  common: { readonly text: string; readonly changes: number };
}

/** Sales to plan, each with its inputs. */
export interface DueSales {
  readonly names: readonly string[];
  readonly inputs: ReadonlyMap<string, string>;
}

/**
 * Targets × sales whose forecasts are made together: a thread keeps fewer models than a namespace may have targets, so
 * each block costs a fit and the record of past sales per target once; 9,600 forecasts take some 70 MB.
 */
const partsPerBlock = 9600;

/**
 * Chooses the first sales, by start, whose plans have other inputs than before, or whose objects another hand has
 * changed: as many as are planned together. Forgets sales that are gone, and notes the inputs that all share.
 */
export function dueSales(
  look: AheadLook,
  state: PlannedSales,
  line: Pick<AheadContext, 'forecasts' | 'apply'>,
): DueSales {
  const { observation, accepted } = look;
  const current = currentSales(accepted, observation);
  const others = accepted.occurrences.filter(({ salePlan }) => !current.has(salePlan));
  const text = commonInputs(look, line.forecasts.fitKeys(observation.namespace));
  if (text !== state.common.text) state.common = { text, changes: state.common.changes + 1 };
  const own = saleInputs(look, new Set(others.map(({ salePlan }) => salePlan)));
  const inputs = new Map([...own].map(([name, stated]) => [name, `${state.common.changes}\n${stated}`]));
  for (const name of state.planned.keys()) if (!inputs.has(name)) state.planned.delete(name);
  const sales = new Map(observation.sales.map(sale => [sale.metadata.name, sale]));
  const due = others.filter(({ salePlan, sale, record }) => {
    const planned = state.planned.get(salePlan);
    if (planned === undefined || planned.inputs !== inputs.get(salePlan)) return true;
    const isSeen = ([uid, version]: readonly [string, string]) =>
      planned.versions.get(uid) === version || line.apply.memory.versionOf(uid) === version;
    return !seenVersions([sales.get(sale), record]).every(isSeen);
  });
  const { now } = observation;
  const [open, past] = [due.filter(({ end }) => now < end), due.filter(({ end }) => end <= now)];
  const count = Math.max(1, Math.floor(partsPerBlock / Math.max(1, observation.targets.length)));
  return { names: [...open, ...past].slice(0, count).map(({ salePlan }) => salePlan), inputs };
}
