import { formatInstant } from '../../../src/api/instant.ts';
import { readSandboxScenario } from '../../../src/sandbox/run/sandbox-scenario.ts';

const services = ['gateway', 'checkout', 'payments'];
const stepMs = 300_000;
/** The history ends at noon, eight hours before the sale. */
const untilSaleMs = 8 * 3_600_000;

/** Makes the history of docs/first-sale: a column for each service, the means of five minutes as the generator has them. */
export function makeHistory(): string {
  const { scenario } = readSandboxScenario(1);
  const { demand, outage, historyStart, sale } = scenario;
  const end = sale.announced.start - untilSaleMs;
  const rows = Array.from({ length: Math.floor((end - historyStart) / stepMs) }, (_, step) => {
    const [from, until] = [historyStart + step * stepMs, historyStart + (step + 1) * stepMs];
    const isAway = until > outage.start && from < outage.end;
    return [formatInstant(from), ...services.map(name => (isAway ? '' : demand.mean(name, from, until).toFixed(1)))];
  });
  return `${[['time', ...services.map(name => `${name} (req/s)`)], ...rows].map(row => row.join(',')).join('\n')}\n`;
}

/** Makes the sheet of past sales of docs/first-sale, as a German spreadsheet exports it. */
export function makePastSales(): string {
  const rows = readSandboxScenario(1).pastSales.map(({ spec }, i) => {
    const [day = '', start = ''] = spec.startTime.split('T');
    const end = spec.endTime.split('T')[1] ?? '';
    const date = day.split('-').toReversed().join('.');
    return [
      `Drop ${i + 1}`,
      date,
      start.slice(0, 5),
      end.slice(0, 5),
      `${(spec.expectedPeakPercent ?? 0) / 100}x`,
      'drop',
    ];
  });
  return `${[['Aktion', 'Datum', 'Von', 'Bis', 'Peak', 'Art'], ...rows].map(row => row.join(';')).join('\n')}\n`;
}
