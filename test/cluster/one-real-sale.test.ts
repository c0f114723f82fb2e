import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeBounds } from './judge/judge-bounds.ts';
import { judgeCapacity } from './judge/judge-capacity.ts';
import { judgeQueries } from './judge/judge-queries.ts';
import { judgeRaisedInTime } from './judge/judge-raised-in-time.ts';
import { judgeRestored } from './judge/judge-restored.ts';
import { judgeReview } from './judge/judge-review.ts';
import { judgeWriters } from './judge/judge-writers.ts';
import { seenAt } from './judge/trace.ts';
import type { HistoricSale } from './support/demand-history.ts';
import { until } from './support/kubernetes-client.ts';
import { readRefusals, readSpecWrites } from './support/read-audit-log.ts';
import {
  ceiling,
  gateway,
  leadTimeSeconds,
  type Scenario,
  type ScenarioService,
  spanOf,
  startScenario,
  untilPlanned,
} from './support/sale-scenario.ts';
import { type OpenStage, openStage, operatorUser } from './support/sale-stage.ts';
import { runHeadstart } from './support/start-operator.ts';

/**
 * One real sale on a real control plane, six times side by side, each shop in a namespace of its own:
 *
 *   shop       nothing goes wrong
 *   killed     the operator is killed (SIGKILL) during the sale and started again
 *   dead       it is killed for good at the start; the peak comes late; `headstart restore --all` cleans up afterwards
 *   deleted    the FlashSale is deleted during the sale
 *   blind      Prometheus is gone after the plan is made and before it is due, then the operator is restarted
 *   rebooted   after the others' sale the API server is killed between the plan of a second sale and its start
 *
 *   plan     due      T0                 peak         end       second sale
 *   ─┴────────┴────────┴──────────────────┴────────────┴──────────┴──┴───▶   about 15 minutes
 *
 * Judged by what the API server shows: watches, its audit log, Ready pods against the actual demand.
 */

const second = 1000;
const minute = 60 * second;
/** The HPA controller looks every 15 s; with this few HPAs its request limit adds nothing. */
const controllersLagMs = 15 * second;
const leadMs = leadTimeSeconds * second + controllersLagMs;

const storefront: ScenarioService = {
  name: 'storefront',
  share: 0.7,
  capacityPerReplica: 80,
  baseline: { minReplicas: 6, maxReplicas: 30 },
};
const checkout: ScenarioService = {
  name: 'checkout',
  share: 0.025,
  capacityPerReplica: 5,
  baseline: { minReplicas: 3, maxReplicas: 16 },
};

/** A cluster from outside has no audit log for us and cannot reach the metrics on this loopback. */
const suite = describe.skipIf(Boolean(process.env.KUBECONFIG));

suite('one real sale (left out with KUBECONFIG: it needs our own control plane)', () => {
  let stage: OpenStage;
  let shop: Scenario;
  let killed: Scenario;
  let dead: Scenario;
  let deleted: Scenario;
  let blind: Scenario;
  let rebooted: Scenario;
  let sale: HistoricSale;
  let secondSale: HistoricSale;
  let deletedAt: number;
  let reopenedAt: number;
  let rebootedAt: number;
  let restoredByHand: { readonly code: number | null };
  /** Until when everything was watched. */
  let watchedUntil: number;

  beforeAll(async () => {
    stage = await openStage({ gateway: 1, storefront: storefront.share, checkout: checkout.share }, 2.5);
    ({ sale } = stage.history);
    [shop, killed, dead, deleted, blind, rebooted] = await Promise.all([
      startScenario(stage, 'shop', [gateway, storefront, checkout]),
      startScenario(stage, 'killed', [gateway]),
      startScenario(stage, 'dead', [gateway]),
      startScenario(stage, 'deleted', [gateway]),
      startScenario(stage, 'blind', [gateway]),
      startScenario(stage, 'rebooted', [gateway]),
    ]);
    stage.askThrough(blind.namespace, blind.proxy.url);
    say(`sale at ${new Date(sale.start).toISOString()}, ${Math.round((sale.start - Date.now()) / second)} s ahead`);
    await Promise.all([shop, killed, dead, deleted, blind].map(announceAndPlan));
    say('all planned');
    await Promise.all([killAndRestart(), killForGood(), deleteDuringSale(), blindBeforeDue(), rebootAfterwards()]);
    watchedUntil = Date.now();
    say(`all played; the report: ${JSON.stringify((await shop.readSalePlan(sale)).status?.review)}`);
  }, 20 * minute);

  afterAll(async () => {
    for (const scenario of [shop, killed, dead, deleted, blind, rebooted]) await scenario?.stop();
    await stage?.stop();
  });

  async function announceAndPlan(scenario: Scenario): Promise<void> {
    await scenario.announce(sale, stage.history.statedPeakPercent);
    await untilPlanned(scenario, sale, sale.start - leadMs - 30 * second - Date.now());
  }

  async function killAndRestart(): Promise<void> {
    await untilInstant(sale.start + 2 * minute);
    await killed.operator().stop('SIGKILL');
    await sleep(20 * second);
    killed.startOperator();
  }

  async function killForGood(): Promise<void> {
    await untilInstant(sale.start);
    await dead.operator().stop('SIGKILL');
    await untilInstant(sale.end + 5 * second);
    const args = ['restore', '--all', '--namespace', dead.namespace, '--wait', '240'];
    restoredByHand = await runHeadstart(stage.cluster.folder, stage.operatorKubeconfig, args);
  }

  async function deleteDuringSale(): Promise<void> {
    await untilInstant(sale.start + 3 * minute);
    deletedAt = Date.now();
    const path = `/apis/headstart.dev/v1alpha1/namespaces/${deleted.namespace}/flashsales/${sale.name}`;
    const { status } = await stage.cluster.client.call('DELETE', path);
    if (status !== 200) throw new Error(`the FlashSale could not be deleted: ${status}`);
  }

  async function blindBeforeDue(): Promise<void> {
    await blind.proxy.shut();
    await blind.operator().stop('SIGKILL');
    blind.startOperator();
    await untilInstant(sale.end + 30 * second);
    reopenedAt = Date.now();
    await blind.proxy.open();
  }

  async function rebootAfterwards(): Promise<void> {
    await untilInstant(sale.end - minute);
    const start = Math.ceil((sale.end + 150 * second) / (15 * second)) * 15 * second;
    secondSale = { name: 'second-sale', start, end: start + 30 * second };
    await rebooted.announce(secondSale, 300);
    await untilPlanned(rebooted, secondSale, minute);
    await untilInstant(sale.end + minute);
    say('killing the API server');
    rebootedAt = Date.now();
    await stage.cluster.own?.restartApiServer();
    say('the API server is back');
    await untilInstant(secondSale.end + minute);
  }

  describe.each([
    ['shop', () => shop],
    ['killed', () => killed],
    ['dead', () => dead],
    ['blind', () => blind],
  ])('%s', (_, get) => {
    test('bounds were raised before the start by the lead time and the controllers’ lag, for the whole sale', () => {
      const { needs, record } = get();
      const complaints = needs.flatMap(need => {
        const bounds = record.bounds.filter(({ autoscaler }) => autoscaler === need.workload);
        return judgeRaisedInTime({ bounds, need, sale: spanOf(sale), leadMs });
      });
      expect(complaints).toEqual([]);
    });

    test('enough pods were Ready from the start to the end', () => {
      expect(capacityComplaints(get(), sale.end)).toEqual([]);
    });
  });

  describe.each([
    ['shop', () => shop, () => sale.end],
    ['killed', () => killed, () => sale.end],
    ['dead, by headstart restore --all', () => dead, () => sale.end],
    ['deleted', () => deleted, () => deletedAt],
    ['blind', () => blind, () => sale.end],
  ])('%s', (_, get, endedAt) => {
    test('every version of the bounds was between baseline and ceiling', () => {
      const { services, record } = get();
      const complaints = services.flatMap(({ name, baseline }) =>
        judgeBounds(
          record.bounds.filter(({ autoscaler }) => autoscaler === name),
          { baseline, ceiling },
        ),
      );
      expect(complaints).toEqual([]);
    });

    test('nobody but the operator wrote a spec', () => {
      const span = { start: get().startedAt, end: watchedUntil };
      expect(judgeWriters(writesIn(get()), operatorUser, span)).toEqual([]);
    });

    test('bounds went back to the baseline, and no pod was taken that demand needed', () => {
      const { services, needs, record } = get();
      const complaints = services.flatMap(({ name, baseline }, i) => {
        const need = needs[i];
        if (need === undefined) return [`no need of ${name}`];
        const bounds = record.bounds.filter(({ autoscaler }) => autoscaler === name);
        const ready = record.ready.filter(({ workload }) => workload === name);
        return judgeRestored({ bounds, ready, need, baseline, endedAt: endedAt(), until: watchedUntil });
      });
      expect(complaints).toEqual([]);
    });
  });

  test('deleted: enough pods were Ready until it was deleted', () => {
    expect(capacityComplaints(deleted, deletedAt)).toEqual([]);
  });

  test('shop: the HPA went above the floor at the peak and came down after the restore', () => {
    const inForce = Math.max(
      ...shop.record.bounds.filter(({ autoscaler }) => autoscaler === 'gateway').map(b => b.minReplicas),
    );
    const ready = shop.record.ready.filter(({ workload }) => workload === 'gateway');
    expect(Math.max(...ready.map(seen => seen.ready))).toBeGreaterThan(inForce);
    expect(seenAt(ready, watchedUntil)?.ready).toBeLessThan(inForce);
  });

  test.each([
    ['shop', () => shop],
    ['killed', () => killed],
  ])('%s: the report compares forecast with what happened', async (_, get) => {
    const { status = {} } = await get().readSalePlan(sale);
    const complaints = get().needs.flatMap(need => judgeReview(status, need, need.workload, spanOf(sale)));
    expect(complaints).toEqual([]);
  });

  test('dead: headstart restore --all said that everything is restored', () => {
    expect(restoredByHand.code).toBe(0);
  });

  test('blind: the operator that was restarted had no metrics from before the plan was due until after the sale', () => {
    const asked = blind.proxy.queries.filter(
      ({ receivedAt }) => receivedAt > sale.start - leadMs && receivedAt < reopenedAt,
    );
    expect(asked).toEqual([]);
    expect(blind.proxy.queries.some(({ receivedAt }) => receivedAt > reopenedAt)).toBe(true);
  });

  test('rebooted: the second sale was raised in time and restored, although the API server was killed in between', async () => {
    const bounds = rebooted.record.bounds.filter(({ autoscaler }) => autoscaler === 'gateway');
    const due = seenAt(bounds, secondSale.start - leadMs);
    expect(due?.minReplicas).toBeGreaterThan(gateway.baseline.minReplicas);
    expect(seenAt(bounds, watchedUntil)?.minReplicas).toBe(gateway.baseline.minReplicas);
    const plan = await until(
      'the plan',
      10 * second,
      () => rebooted.readSalePlan(secondSale),
      () => true,
    );
    expect(plan.status?.plan).toBeDefined();
  });

  test('no query asked for the future', () => {
    const complaints = [shop, killed, dead, deleted, blind, rebooted].flatMap(({ proxy }) =>
      judgeQueries(proxy.queries),
    );
    expect(complaints).toEqual([]);
  });

  test('the operator’s Role refused it nothing', () => {
    // An API server that has just come back knows no roles for some seconds and refuses everybody.
    const refusals = readRefusals(stage.cluster.own?.auditLog ?? '').filter(
      ({ user, at }) => user === operatorUser && !(at > rebootedAt && at < rebootedAt + 30 * second),
    );
    expect(refusals.map(({ what }) => what)).toEqual([]);
  });

  function capacityComplaints({ needs, record }: Scenario, end: number): readonly string[] {
    return needs.flatMap(need =>
      judgeCapacity(
        record.ready.filter(({ workload }) => workload === need.workload),
        need,
        { start: sale.start, end },
      ),
    );
  }

  function writesIn({ namespace }: Scenario) {
    return readSpecWrites(stage.cluster.own?.auditLog ?? '', namespace);
  }
});

function untilInstant(instant: number): Promise<void> {
  return sleep(Math.max(0, instant - Date.now()));
}

function say(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}
