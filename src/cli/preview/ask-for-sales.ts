import type { Series } from '../../../forecasts/index.ts';
import type { Observation } from '../../observe/observation.ts';
import { acceptNamespace } from '../../plan/accept/accept-namespace.ts';
import { saleEventsByTarget } from '../../plan/demand/sale-events.ts';
import { possibleSales } from '../../review/possible-sales.ts';
import { formatPossibleSales } from '../output/format-possible-sales.ts';

/** Asks about times of unusual demand that none of the sales explains, once for the targets that had them together. */
export function askForSales(observation: Observation, histories: Readonly<Record<string, Series>>): readonly string[] {
  const events = saleEventsByTarget(acceptNamespace(observation));
  const zone = observation.sales[0]?.spec.timeZone;
  const asked = Object.entries(histories).flatMap(([name, series]) =>
    formatPossibleSales(possibleSales(series, events.get(name) ?? []), zone).map(question => ({ name, question })),
  );
  // Services of one shop are busy together, each by a multiple of its own.
  const alike = Map.groupBy(asked, ({ question }) => question.replace(/: up to .*/, ''));
  return [...alike.values()].map(group => `${group.map(({ name }) => name).join(', ')}: ${group[0]?.question}`);
}
