import { describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/render-report.ts';
import type { ReportedRun, SaleReport } from '../../src/report/sale-report.ts';
import type { ServiceOutcome } from '../../src/simulate/outcome.ts';
import { expectWellFormed } from '../support/pages/well-formed.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = start + 7_200_000;

describe('the report page', () => {
  const page = renderReport(report());

  test('is one well-formed page that fetches nothing and runs nothing', () => {
    expectWellFormed(page);
    expect(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|<script|@import|<img|<link|src=/,
    );
  });

  test('says first how it went', () => {
    expect(page).toContain(
      '0 seconds over the objective with Headstart, 3 with a schedule and 373 with the HPA alone, for 120, 180 and 100 replica-hours.',
    );
  });

  test('has the pictures of the forecast and of the first minutes', () => {
    expect(page).toContain('Forecast against actual: gateway');
    expect(page).toContain('The first minutes: gateway');
  });

  test('tells the merchandiser what was expected, what came, and what to state next time', () => {
    expect(page).toMatch(/Forecast peak.*4\u202f000 requests per second \(P95 6\u202f000\) at 20:02/);
    expect(page).toMatch(/Actual peak.*4\u202f200 requests per second at 20:01/);
    expect(page).toContain('expectedPeakPercent: 760');
  });

  test('tells the SRE each service, in the three runs', () => {
    expect(page).toMatch(
      /<th scope="row">gateway<\/th><td>200 ms<\/td><td>70<\/td><td>0<\/td><td>3<\/td><td>373<\/td><td>120 ms<\/td><td>240 ms<\/td><td>11.6 s<\/td>/,
    );
  });

  test("has the operator's own report, as the command prints it", () => {
    expect(page).toContain('<h3>In money</h3>');
    expect(page).toContain('<td>8 100 EUR</td>');
    expect(page).toContain('<li>Next time: You said 8×');
  });

  test('lists what was done, in local time', () => {
    expect(page).toContain('19:57:30</time> raised gateway from 6 to 93 replicas');
  });

  test('shows names as they are written', () => {
    const odd = renderReport({ ...report(), sale: { ...report().sale, name: '<b>50% & "more"</b>' } });
    expectWellFormed(odd);
    expect(odd).toContain('&lt;b&gt;50% &amp; &quot;more&quot;&lt;/b&gt;');
  });

  test('names the injected fault, and what never happened', () => {
    const { raisedAt: _, restoredAt: __, ...sale } = report().sale;
    const broken = renderReport({ ...report(), sale, fault: 'the lead time is taken for zero' });
    expect(broken).toContain('Injected fault: the lead time is taken for zero.');
    expect(broken).toMatch(/Capacity raised.*never/);
    expect(broken).toMatch(/Restored.*not within the run/);
  });
});

function report(): SaleReport {
  return {
    seed: 7,
    sale: {
      name: 'sneaker-drop',
      start,
      end,
      timeZone: 'Europe/Berlin',
      statedPeakPercent: 800,
      raisedAt: start - 150_000,
      restoredAt: end + 400_000,
    },
    services: [{ name: 'gateway', entryPoint: true, capacityPerReplica: 60 }],
    withHeadstart: run(0, 120, 120),
    schedule: run(3, 240, 180),
    hpaAlone: run(373, 11_574, 100),
    forecast: {
      service: 'gateway',
      madeAt: start - 3_600_000,
      basis: '4 past sales; stated peak',
      points: [
        { t: start, p50: 500, p95: 700 },
        { t: start + 120_000, p50: 4000, p95: 6000 },
      ],
    },
    steps: [{ t: start - 150_000, text: 'raised gateway from 6 to 93 replicas' }],
    review: {
      reviewedAt: '2026-11-27T21:10:00Z',
      targets: [
        {
          target: 'gateway',
          replicaHoursOver: 12,
          replicaHoursUnder: 0,
          minutesAtCeiling: 0,
          minutesShort: 0,
          minutesShortWithoutPrescale: 6,
          lossShortWithoutPrescale: 8100,
        },
      ],
      currency: 'EUR',
      suggestedPeakPercent: 760,
      suggestion: 'You said 8×. State expectedPeakPercent: 760 for the next one like it.',
    },
  };
}

function run(secondsOverObjective: number, worstP95Milliseconds: number, replicaHours: number): ReportedRun {
  const service: ServiceOutcome = {
    service: 'gateway',
    objectiveMilliseconds: 200,
    secondsOverObjective,
    secondsShort: secondsOverObjective,
    replicaHours,
    lostPercent: 0,
    worstP95Milliseconds,
    peakDemandPerSecond: 4200,
    peakNeed: 70,
    peakReady: 100,
    elasticity: { underPercent: 1, overPercent: 50, shortTimePercent: 2, overTimePercent: 98 },
  };
  const second = { ready: 93, need: 10, p95Seconds: 0.1, served: 500, lost: 0 };
  return {
    outcome: { secondsOverObjective, replicaHours, lostPercent: 0, services: [service] },
    seconds: {
      gateway: [
        { ...second, t: start - 60_000, demand: 500 },
        { ...second, t: start + 60_000, demand: 4200 },
      ],
    },
    minReplicas: {
      gateway: [
        { t: start - 1_800_000, value: 6 },
        { t: start - 150_000, value: 93 },
      ],
    },
  };
}
