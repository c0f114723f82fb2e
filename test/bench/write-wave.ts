import { parseScalingTarget } from '../../src/api/scaling-target.ts';
import { tierRank } from '../../src/api/tier.ts';
import { applyBounds, type BoundsInput } from '../../src/apply/apply-bounds.ts';
import type { ApplyContext } from '../../src/apply/apply-context.ts';
import { writeEach } from '../../src/apply/write-each.ts';
import { WritePace } from '../../src/apply/write-pace.ts';
import type { Connection } from '../../src/kube/connect.ts';
import { ApiWriteBudget, budgetWrites } from '../../src/kube/http/api-write-budget.ts';
import { Resource } from '../../src/kube/resources/resource.ts';
import { realTiming } from '../../src/kube/timing.ts';
import type { TargetPlan } from '../../src/plan/plan.ts';
import type { BenchmarkTable, RunBenchmark } from '../support/bench/benchmark.ts';
import { type Disturbance, ScriptedApi } from '../support/bench/scripted-api.ts';
import { service } from '../support/shop/sandbox-shop.ts';
import { scriptedContext } from '../support/shop/scripted-context.ts';

const now = Date.parse('2026-11-27T18:50:00Z');
const writesPerSecond = 20;
const namespaces = Array.from({ length: 50 }, (_, index) => `shop-${index}`);
const names = Array.from({ length: 20 }, (_, index) => `service-${index}`);
const tiers = ['Critical', 'Standard', 'Standard', 'Background'] as const;

/**
 * Time to raise 1,000 HPAs of 50 namespaces through the operator's pace and budget: how much of the allowed rate is
 * used, what is later than the plan counts on, and how many writes an HPA gets.
 */
export const run: RunBenchmark = async () => ({
  settings: [
    `${namespaces.length * names.length} HPAs in ${namespaces.length} namespaces, ${writesPerSecond} writes a second, in real time; the API server is scripted, so that what is measured is the operator`,
    'each request takes 5 to 50 ms; "disturbed": 1 in 200 writes is answered 429 with Retry-After 1 s, 1 in 50 meets a conflict (seeded)',
    'late: written after the seconds that the plan counts for the writes, raises ÷ writes a second',
  ],
  tables: [
    await measure('undisturbed', { busyShare: 0, conflictShare: 0 }),
    await measure('disturbed', { busyShare: 0.005, conflictShare: 0.02 }),
  ],
  skipped: [],
});

async function measure(title: string, disturbance: Disturbance): Promise<BenchmarkTable> {
  const api = new ScriptedApi(disturbance);
  const context = contextOf(api);
  const writes: Raise[] = [];
  const started = performance.now();
  const onWritten = (tier: number) => void writes.push({ at: performance.now() - started, tier });
  await Promise.all(namespaces.map(namespace => raiseAll(context, namespace, onWritten)));
  return tableOf(title, writes, api);
}

interface Raise {
  /** Ms since the first call. */
  readonly at: number;
  readonly tier: number;
}

function tableOf(
  title: string,
  writes: readonly Raise[],
  { accepted, sent }: { readonly accepted: number; readonly sent: number },
): BenchmarkTable {
  const all = namespaces.length * names.length;
  const lastMs = Math.max(...writes.map(({ at }) => at));
  // A second's worth may go at once; refused and conflicting writes take their turn, too.
  const leastMs = ((sent - writesPerSecond) / writesPerSecond) * 1000;
  const plannedMs = (all / writesPerSecond) * 1000;
  const lastOf = (tier: number) => Math.max(...writes.filter(write => write.tier === tier).map(({ at }) => at)) / 1000;
  return {
    title: `1,000 raises, ${title}`,
    figures: [
      { measure: 'share of the allowed rate used', value: leastMs / lastMs, must: [0.97, 1.01] },
      { measure: 'raises later than planned', value: writes.filter(({ at }) => at > plannedMs).length, must: 0 },
      { measure: 'accepted writes an HPA', value: accepted / all, must: [1, 1] },
      { measure: 'last Critical raise: s', value: lastOf(0) },
      { measure: 'last Standard raise: s', value: lastOf(1) },
      { measure: 'last Background raise: s', value: lastOf(2) },
    ],
  };
}

async function raiseAll(
  { context, budget }: { readonly context: ApplyContext; readonly budget: ApiWriteBudget },
  namespace: string,
  onWritten: (tier: number) => void,
): Promise<void> {
  let waiting = names.map((name, index) => ({ name, tier: tiers[index % tiers.length] ?? 'Standard' }));
  while (waiting.length > 0) {
    const done = await writeEach(waiting, async one => {
      const written = await applyBounds(context, inputOf(namespace, one));
      if (written.outcome === 'Written') onWritten(tierRank(one.tier));
      return written.outcome === 'Written';
    });
    waiting = waiting.filter((_, index) => done[index] !== true);
    // What failed is tried again by the next reconcile, as the operator's queue does.
    if (waiting.length > 0) await realTiming.sleep(Math.max(500, budget.restMs));
  }
}

function inputOf(namespace: string, { name, tier }: { readonly name: string; readonly tier: string }): BoundsInput {
  const [, , target] = service(name, { namespace, spec: { tier } });
  const plan: TargetPlan = {
    target: name,
    autoscaler: name,
    bounds: { minReplicas: 35, maxReplicas: 53 },
    floor: 35,
    floorMax: 53,
    action: 'Write',
    reason: 'SaleAhead',
    because: [],
    conditions: [],
  };
  const autoscaler = { name, uid: `${namespace}/${name}`, minReplicas: 4, maxReplicas: 20 };
  return { now, target: parseScalingTarget(target), autoscaler, plan, replan: () => plan, cap: 1000, sales: [] };
}

function contextOf(api: ScriptedApi): { readonly context: ApplyContext; readonly budget: ApiWriteBudget } {
  const budget = new ApiWriteBudget();
  const transport = budgetWrites(api, budget);
  const pace = new WritePace(writesPerSecond, realTiming, budget);
  const context = scriptedContext(() => ({}));
  const connection = {
    ...context.connection,
    transport,
    resource: kind => new Resource(transport, kind),
  } as Connection;
  return { context: { ...context, connection, pace: { bounds: pace, salePlans: pace, statuses: pace } }, budget };
}
