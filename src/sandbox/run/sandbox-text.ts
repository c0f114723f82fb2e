import type { FlashSaleStatus } from '../../api/flash-sale.ts';
import { ownValue } from '../../api/names/own-value.ts';
import { formatNumber } from '../../report/format-number.ts';
import { formatClock, formatDay } from '../../report/local-time.ts';
import type { Outcome } from '../../simulate/outcome.ts';
import type { MarketplaceCluster } from '../marketplace-cluster.ts';
import { describeSteps } from './describe-steps.ts';
import { learnedTargets } from './learned-targets.ts';
import type { SandboxFault } from './sandbox-operator.ts';
import type { SandboxRuns } from './sandbox-report.ts';
import type { RunMoment } from './sandbox-run.ts';
import type { SandboxScenario } from './sandbox-scenario.ts';

const minuteMs = 60_000;

/** Writes the progress of the three runs to a terminal. */
export interface Narrator {
  begin(setup: SandboxScenario): void;
  beginSchedule(setup: SandboxScenario): void;
  /** Tells what the past sales taught of each target; nothing where nothing was learned. */
  tellLearned(setup: SandboxScenario): void;
  beginWithHeadstart(setup: SandboxScenario, fault: SandboxFault | undefined): void;
  /** Called once per minute of domain time. */
  tell(setup: SandboxScenario, moment: RunMoment): void;
}

export function createNarrator(write: (text: string) => void): Narrator {
  let toldUntil = Number.NEGATIVE_INFINITY;
  let toldForecast = '';
  return {
    begin: setup => {
      write(formatIntro(setup));
      write(`1. HPAs alone, with each target's ceiling as their maximum\n${minuteHeader(setup)}`);
    },
    beginSchedule: setup => {
      const times = setup.scenario.sale.announced.peakRatio;
      write(
        `\n2. The same with a schedule, as many do today: ${times} times the ordinary replicas of each service, from 15 minutes before the sale to its end\n${minuteHeader(setup)}`,
      );
    },
    tellLearned: setup => write(formatLearned(setup)),
    beginWithHeadstart: (setup, fault) => {
      toldUntil = Number.NEGATIVE_INFINITY;
      write(
        `\n3. The same with Headstart${fault === undefined ? '' : `, with an injected fault: ${fault}`}\n${minuteHeader(setup)}`,
      );
    },
    tell: (setup, { now, cluster, sale }) => {
      const zone = setup.sale.spec.timeZone;
      // During the sale the live correction changes the forecast every minute; the floor's column shows the effect.
      const forecast = now < setup.scenario.sale.announced.start ? formatForecast(sale, zone) : '';
      if (forecast !== toldForecast && forecast !== '') write(`${formatClock(now, zone).padStart(7)}  ${forecast}\n`);
      toldForecast = forecast;
      if (sale !== undefined) {
        for (const step of describeSteps(setup.targets, cluster.record)) {
          if (step.t > toldUntil) write(`${formatClock(step.t, zone).padStart(7)}  ${step.text}\n`);
        }
      }
      toldUntil = now;
      if (isPrinted(setup, now)) write(formatMinute(setup, cluster, now));
    },
  };
}

/**
 * The forecast as the merchandiser reads it in the FlashSale's status; empty before it is there and once the sale is
 * over.
 */
function formatForecast(sale: FlashSaleStatus | undefined, zone: string): string {
  const { peakTime, peakPercent, prescaleTime, extraReplicas = 0 } = sale ?? {};
  if (peakTime === undefined || peakPercent === undefined || prescaleTime === undefined) return '';
  const clock = (time: string) => formatClock(Date.parse(time), zone);
  return `forecast: ${peakPercent} % of an ordinary minute at ${clock(peakTime)}; ${extraReplicas} more replicas from ${clock(prescaleTime)}`;
}

/** Introduces the scenario in three lines. */
function formatIntro({ scenario, sale, targets }: SandboxScenario): string {
  const { start, end } = scenario.sale.announced;
  const zone = sale.spec.timeZone;
  const when = `${formatDay(start, zone)}, ${formatClock(start, zone)} to ${formatClock(end, zone)} ${zone}`;
  const names = targets.map(target => target.metadata.name).join(', ');
  return [
    `FlashSale ${sale.metadata.name}: ${when}, announced at ${scenario.sale.announced.peakRatio} times an ordinary minute.`,
    `${targets.length} services: ${names}.`,
    `28 days of simulated traffic with ${scenario.pastSales.length} past sales, seed ${scenario.seed}. The cluster's clock runs faster than real time.`,
    '',
    '',
  ].join('\n');
}

/** Formats the lead time and the capacity of each target that its status has learned, with what they rest on. */
function formatLearned(setup: SandboxScenario): string {
  const lines = learnedTargets(setup).map(
    ({ target, learned }) => `  ${target}\n${learned.map(([what, sentence]) => `    ${what} ${sentence}\n`).join('')}`,
  );
  if (lines.length === 0) return '';
  const sales = `${setup.scenario.pastSales.length} sales of the four weeks before, which HPAs served within their own bounds`;
  return `\nLearned from the ${sales}:\n${lines.join('')}`;
}

/** Whether a minute is printed: every tenth, and each one around the start and the end. */
function isPrinted({ scenario }: SandboxScenario, now: number): boolean {
  const { start, end } = scenario.sale.announced;
  const near = (t: number, before: number, after: number) =>
    now >= t - before * minuteMs && now <= t + after * minuteMs;
  return now % (10 * minuteMs) === 0 || near(start, 3, 8) || near(end, 0, 2);
}

/** Formats the header of the lines of `formatMinute`: whose numbers they are, and their names. */
function minuteHeader({ scenario }: SandboxScenario): string {
  const entry = entryOf(scenario);
  return [
    `          ${`replicas of ${entry}, where visitors enter`.padEnd(43)}of all services\n`,
    `${['time', 'visitors/s', 'needed', 'ready', 'floor'].map((name, i) => name.padStart([7, 13, 9, 7, 7][i] ?? 0)).join(' ')}   the slowest against its objective\n`,
  ].join('');
}

function entryOf({ services }: SandboxScenario['scenario']): string {
  return services.find(service => service.entryPoint)?.name ?? '';
}

/** Formats one minute: the entry point, and the service that is slowest relative to its objective. */
function formatMinute(setup: SandboxScenario, { record, live }: MarketplaceCluster, now: number): string {
  const { services } = setup.scenario;
  const entry = entryOf(setup.scenario);
  const seen = live.latest(entry);
  if (seen === undefined) return '';
  const [slowest] = services
    .map(service => ({ name: service.name, p95: live.latest(service.name)?.p95Seconds ?? 0, service }))
    .map(one => ({ ...one, share: (one.p95 * 1000) / one.service.p95Milliseconds }))
    .sort((a, b) => b.share - a.share);
  const floor = ownValue(record.minReplicas, entry)?.at(-1)?.value ?? 0;
  const columns = [
    formatClock(now, setup.sale.spec.timeZone).padStart(7),
    formatNumber(Math.round(seen.demand)).padStart(13),
    formatNumber(seen.need).padStart(9),
    formatNumber(seen.ready).padStart(7),
    formatNumber(floor).padStart(7),
  ];
  const verdict = (slowest?.share ?? 0) > 1 ? '  OVER ITS OBJECTIVE' : '';
  return `${columns.join(' ')}   ${slowest?.name} p95 ${formatSeconds(slowest?.p95 ?? 0)}${verdict}\n`;
}

/** Formats the end: the three runs in comparison, what is not restored, and the path of the page. */
export function formatResult({ own, alone, schedule }: SandboxRuns, page: string): string {
  const restored =
    own.unrestored.length === 0
      ? 'Every bound is back at its baseline.'
      : `Not restored: ${own.unrestored.join('; ')}.`;
  const learned =
    own.leadTimes.length === 0
      ? ''
      : `Lead times with the scale-ups of this run:\n${own.leadTimes.map(line => `  ${line}\n`).join('')}`;
  return `\n${formatComparison([own.outcome, schedule.outcome, alone.outcome])}\n${learned}${restored}\nReport: ${page}\n`;
}

/** Formats the runs in a column each. */
function formatComparison(outcomes: readonly Outcome[]): string {
  const row = (name: string, of: (outcome: Outcome) => string) => [name, ...outcomes.map(of)];
  const rows = [
    ['', 'with Headstart', 'schedule', 'HPA alone'],
    row('seconds over objective', ({ secondsOverObjective }) => formatNumber(secondsOverObjective)),
    row('requests lost', ({ lostPercent }) => `${formatNumber(lostPercent)} %`),
    row('slowest p95', slowestAnswer),
    row('replica-hours', ({ replicaHours }) => formatNumber(Math.round(replicaHours))),
  ];
  return rows
    .map(
      ([name = '', ...values]) =>
        `  ${name.padEnd(24)}${values.map((value, i) => value.padStart(i === 0 ? 16 : 14)).join('')}\n`,
    )
    .join('');
}

function slowestAnswer({ services }: Outcome): string {
  const worst = services.map(service => service.worstP95Milliseconds ?? Number.POSITIVE_INFINITY);
  return formatSeconds(Math.max(...worst) / 1000);
}

function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'no answer';
  return seconds >= 1 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds * 1000)} ms`;
}
