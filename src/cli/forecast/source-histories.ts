import { isMissing } from '../../api/missing.ts';
import type { ScalingTarget } from '../../api/scaling-target.ts';
import { readSettings } from '../../operator/settings/settings.ts';
import type { NamedHistory } from '../../review/backtest/judge-history.ts';
import { possibleSales } from '../../review/possible-sales.ts';
import type { ClusterOptions } from '../cluster-options.ts';
import { formatPossibleSales } from '../output/format-possible-sales.ts';
import { readTargets } from '../sources/read-targets.ts';
import { openSourceDemand, readWholeHistory } from '../sources/source-demand.ts';
import { type EventsIn, forecastSpan } from './forecast-options.ts';

/** Where the histories of a forecast come from, when no file has them. */
export interface SourceHistoryOptions extends ClusterOptions {
  /** The operator's settings, with the metric sources. */
  readonly settings: string;
  /** A folder with ScalingTargets. @default those of the cluster's namespace */
  readonly targets?: string;
  /** The only ScalingTarget to read. @default all of them */
  readonly target?: string;
  readonly timeZone?: string | undefined;
}

/**
 * Reads the history of each target from its metric source, up to `now` (epoch ms). Times of unusual demand that none of
 * the events explains are told on standard error.
 *
 * @throws Error when there is no such target, or a source has nothing for one
 */
export async function readSourceHistories(
  options: SourceHistoryOptions,
  eventsIn: EventsIn,
  now: number,
): Promise<readonly NamedHistory[]> {
  const demand = openSourceDemand(await readSettings(options.settings));
  const all = await readTargets(options.targets, options);
  const targets = options.target === undefined ? all : [targetCalled(options.target, all)];
  return Promise.all(
    targets.map(async ({ metadata: { name }, spec }) => {
      const observed = await demand.observe(spec.demand, now);
      if (isMissing(observed)) throw new Error(`${name}: ${observed.missing}`);
      const history = readWholeHistory(demand, { ...observed, historyDays: spec.demand.historyDays, now });
      const events = eventsIn(forecastSpan([{ history }], 0));
      const notes = formatPossibleSales(possibleSales(history, events), options.timeZone).map(
        question => `${name}: ${question}`,
      );
      for (const note of notes) process.stderr.write(`headstart: ${note}\n`);
      return { name, history, notes };
    }),
  );
}

function targetCalled(name: string, all: readonly ScalingTarget[]): ScalingTarget {
  const found = all.find(({ metadata }) => metadata.name === name);
  if (found !== undefined) return found;
  const names = all.map(({ metadata }) => metadata.name).join(', ');
  throw new Error(`there is no ScalingTarget ${name}, only ${names}: name one of them with --target`);
}
