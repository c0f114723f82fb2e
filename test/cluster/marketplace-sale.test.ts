import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConditionType, conditionCatalogue } from '../../src/api/conditions/condition-catalogue.ts';
import { type BoundsSeen, formatInstant, type Span, seenAt } from './judge/trace.ts';
import { argoCd, syncAsArgoCd } from './marketplace/argo-cd-sync.ts';
import { isFloorGuard, type LiveMarketplace, openLiveMarketplace } from './marketplace/live-marketplace.ts';
import { compareSnapshots, type NamespaceSnapshot, snapshotNamespace } from './marketplace/namespace-snapshot.ts';
import { operatorUser } from './sale/sale-stage.ts';
import { runHeadstart } from './sale/start-operator.ts';
import { apply, applyAll, listRefusals, readLive, readManifests } from './support/apply-manifests.ts';
import { type NamespaceRecord, recordNamespace } from './support/cluster-recorder.ts';
import { type KubernetesClient, until } from './support/kubernetes-client.ts';
import { conditionOf, type KubernetesObject, type ObjectList } from './support/kubernetes-object.ts';
import { readRefusals, readWrites } from './support/read-audit-log.ts';

const second = 1000;
const minute = 60 * second;

const environment = 'preview-search-ranking';
const neighbours = ['marketplace-staging', 'preview-one-page-checkout'];
const saleName = 'ranking-sale';
const factor = 2;
/** Milliseconds in which the operator raises bounds again that were undone near a sale's start, plus its tick. */
const answerMs = 45 * second;

/**
 * Runs the operator on the synthesized manifests: staging and two previews side by side, a sale in one preview, and
 * Argo CD syncing that preview by force throughout.
 *
 *   announced   due          rules: synced again and again    neither: once    guard: again and again   end      restored
 *   ─┴───────────┴────────────────────────────────────────────┴──── T0 ────────────────────────────────┴─────────┴───▶
 */
describe.skipIf(Boolean(process.env.KUBECONFIG))(
  'a sale in one of three environments (left out with KUBECONFIG)',
  () => {
    let live: LiveMarketplace;
    let client: KubernetesClient;
    let fromGit: readonly KubernetesObject[];
    let targets: readonly KubernetesObject[];
    let baselines: ReadonlyMap<string, Bounds>;
    let record: NamespaceRecord;
    let before: readonly NamespaceSnapshot[];
    let after: readonly NamespaceSnapshot[];
    let announcedAt: number;
    let raisedAt: number;
    /** Instant at which the neighbours were compared again. */
    let comparedAt: number;
    let contestedBefore: readonly string[];
    let withRules: Syncs;
    let withNeither: Syncs;
    let withGuard: Syncs;
    let report: string;
    const refused: string[] = [];

    beforeAll(async () => {
      const ahead = { environment, inMs: 330 * second, lengthMs: 70 * second, factor };
      live = await openLiveMarketplace(['staging', 'preview-one-page-checkout', environment], ahead);
      ({ client } = live.cluster);
      fromGit = live.manifests(environment);
      targets = fromGit.filter(({ kind }) => kind === 'ScalingTarget');
      baselines = new Map(fromGit.filter(isAutoscaler).map(object => [object.metadata.name, toBounds(object)]));
      say(`up; the sale begins at ${formatInstant(live.sale.start)}`);
      before = await untilQuiet();
      contestedBefore = await complaintsOfContest(live.environments);
      record = await recordNamespace(client, environment);
      await play();
    }, 30 * minute);

    afterAll(async () => {
      await record?.stop();
      await live?.stop();
    });

    async function play(): Promise<void> {
      await announce();
      await until('the raise', 3 * minute, boundsNow, bounds => bounds.every(isAboveBaseline));
      await sleep(second);
      raisedAt = Date.now();
      say('raised; Argo CD syncs with its rules');
      const file = `delivery/argo-cd/application.marketplace-${environment}.yaml`;
      const [application] = readManifests(path.join(live.folder, file));
      withRules = await watched(() => syncUntil(live.sale.start - 20 * second, application));
      say('now without');
      withNeither = await watched(async () => {
        await syncUntil(Date.now());
        await until('the answer', 2 * minute, boundsNow, bounds => bounds.every(isAboveBaseline));
      });
      say('answered; now under the guard');
      await installGuard();
      withGuard = await watched(() => syncUntil(live.sale.end));
      after = await snapshots();
      comparedAt = Date.now();
      await until('the restore', 5 * minute, boundsNow, bounds => bounds.every(isAsInGit));
      say(`restored ${Math.round((Date.now() - live.sale.end) / second)} s after the end`);
      report = await readReport();
    }

    test('no field is contested: not by the operator’s word, nor by Git applied without force', () => {
      expect(contestedBefore).toEqual([]);
    });

    test('everything that the sale reaches along the calls was raised to its floor, or higher where more serves now', () => {
      const short = targets.filter(target => floorOf(target.metadata.name) < statedFloor(target));
      expect(short.map(({ metadata }) => [metadata.name, floorOf(metadata.name)])).toEqual([]);
      const over = targets.filter(
        ({ metadata, spec }) => floorOf(metadata.name) > (spec as { ceiling: number }).ceiling,
      );
      expect(over.map(({ metadata }) => metadata.name)).toEqual([]);
    });

    test('nothing in the other environments differs by a byte: specs, statuses, owners, versions, pods', () => {
      expect(before.every(snapshot => snapshot.size > 100)).toBe(true);
      expect(before.flatMap((snapshot, index) => compareSnapshots(snapshot, after[index] ?? new Map()))).toEqual([]);
    });

    test('the operator sent the other environments no write at all', () => {
      const writes = neighbours.flatMap(namespace => readWrites(auditLog(), namespace));
      const sent = writes.filter(({ user, at }) => user === operatorUser && announcedAt < at && at < comparedAt);
      expect(sent).toEqual([]);
    });

    test('every sync was accepted', () => {
      expect(refused).toEqual([]);
    });

    test('with the ignore rules the syncs moved no bound, and nobody was told of a contest', () => {
      expect(withRules.bounds).toEqual([]);
      expect(withRules.contests).toEqual([]);
    });

    test('with neither, the bounds fell to Git’s until the operator answered, in time, and told who it was', () => {
      const fallen = withNeither.bounds.filter(
        ({ autoscaler, minReplicas }) => minReplicas === baselines.get(autoscaler)?.minReplicas,
      );
      expect(fallen.map(({ autoscaler }) => autoscaler).sort()).toEqual([...baselines.keys()].sort());
      expect(fallen.map(answerOf).filter(ms => !(ms < answerMs))).toEqual([]);
      expect(withNeither.contests.map(({ target }) => target).sort()).toEqual([...baselines.keys()].sort());
      for (const { note } of withNeither.contests) expect(note).toContain(argoCd);
    });

    test('with the floor guard the syncs moved no bound either, until the sale was over', () => {
      const duringSale = withGuard.bounds.filter(({ at }) => at < live.sale.end);
      expect(duringSale.filter(({ autoscaler, minReplicas }) => minReplicas < floorOf(autoscaler))).toEqual([]);
      expect(withGuard.contests).toEqual([]);
    });

    test('afterwards the bounds are those of Git, under the guard, and no field is contested', async () => {
      expect(await boundsNow()).toEqual([...baselines.values()]);
      expect(await complaintsOfContest([environment])).toEqual([]);
    });

    test('Argo CD never came to own how many replicas a Deployment has', async () => {
      const { body } = await client.call('GET', `/apis/apps/v1/namespaces/${environment}/deployments`);
      const owners = (body as ObjectList).items.filter(object => ownsReplicas(object, argoCd));
      expect(owners.map(({ metadata }) => metadata.name)).toEqual([]);
    });

    test('there is a report of every service', () => {
      for (const name of baselines.keys()) expect(report).toMatch(new RegExp(`^${name} `, 'm'));
    });

    test('the operator’s Role refused it nothing', () => {
      expect(readRefusals(auditLog()).filter(({ user }) => user === operatorUser)).toEqual([]);
    });

    /** The minimum after the sale was raised. */
    function floorOf(name: string): number {
      const bounds = record.bounds.filter(({ autoscaler }) => autoscaler === name);
      return seenAt(bounds, raisedAt)?.minReplicas ?? 0;
    }

    /** The neighbours, once they have been identical byte for byte for longer than an HPA controller's round. */
    async function untilQuiet(): Promise<readonly NamespaceSnapshot[]> {
      let last = { at: Date.now(), seen: await snapshots() };
      return until(
        'rest in the other environments',
        2 * minute,
        async () => {
          await sleep(3 * second);
          const seen = await snapshots();
          const isSame = seen.every((one, index) => compareSnapshots(last.seen[index] ?? new Map(), one).length === 0);
          last = { at: isSame && (await areTold()) ? last.at : Date.now(), seen };
          return last;
        },
        ({ at }) => Date.now() - at > 16 * second,
      ).then(({ seen }) => seen);
    }

    /** Tells whether the operator, which may have begun a moment ago, has written the statuses of all neighbours. */
    async function areTold(): Promise<boolean> {
      const all = neighbours.flatMap(live.manifests).filter(({ kind }) => kind === 'ScalingTarget');
      const read = await Promise.all(all.map(target => readLive(client, target)));
      return read.every(target => conditionOf(target, 'Ready') !== undefined);
    }

    function snapshots(): Promise<readonly NamespaceSnapshot[]> {
      return Promise.all(neighbours.map(namespace => snapshotNamespace(client, namespace)));
    }

    async function announce(): Promise<void> {
      announcedAt = Date.now();
      const { start, end } = live.sale;
      const spec = { startTime: toText(start), endTime: toText(end), expectedPeakPercent: factor * 100 };
      const metadata = { name: saleName, namespace: environment };
      const sale = { apiVersion: 'headstart.dev/v1alpha1', kind: 'FlashSale', metadata, spec };
      await applyAll(client, [sale], { fieldManager: 'merchandiser' });
    }

    /** Syncs repeatedly, at least once, until an instant. */
    async function syncUntil(instant: number, application?: KubernetesObject): Promise<void> {
      do {
        refused.push(...(await syncAsArgoCd(client, fromGit, application)));
        await sleep(3 * second);
      } while (Date.now() < instant);
    }

    /** Records the HPAs and the operator's Events while Argo CD syncs, and a moment longer. */
    async function watched(sync: () => Promise<void>): Promise<Syncs> {
      const known = new Set((await contests()).map(({ name }) => name));
      const start = Date.now();
      await sync();
      const end = Date.now();
      await sleep(2 * second);
      const bounds = record.bounds.filter(({ at }) => at > start && at <= end);
      return { start, end, bounds, contests: (await contests()).filter(({ name }) => !known.has(name)) };
    }

    /** Milliseconds until a lowered minimum was raised again; Infinity when it was not before the sale was over. */
    function answerOf({ autoscaler, at }: BoundsSeen): number {
      const baseline = baselines.get(autoscaler)?.minReplicas ?? Number.POSITIVE_INFINITY;
      const after = record.bounds.filter(
        seen => seen.autoscaler === autoscaler && seen.at > at && seen.at < live.sale.end,
      );
      return (after.find(({ minReplicas }) => minReplicas > baseline)?.at ?? Number.POSITIVE_INFINITY) - at;
    }

    /** Installs the guard; it is in force once a dry run of Git's bounds keeps the floor. */
    async function installGuard(): Promise<void> {
      await applyAll(client, live.manifests('cluster').filter(isFloorGuard), { fieldManager: argoCd });
      const first = fromGit.find(isAutoscaler);
      if (first === undefined) throw new Error('no HPA');
      await until(
        'the guard',
        minute,
        async () =>
          toBounds((await apply(client, first, { fieldManager: argoCd, dryRun: true })).body as KubernetesObject),
        isAboveBaseline,
      );
    }

    async function boundsNow(): Promise<readonly Bounds[]> {
      const path = `/apis/autoscaling/v2/namespaces/${environment}/horizontalpodautoscalers`;
      const { body } = await client.call('GET', path);
      return (body as ObjectList).items.map(toBounds);
    }

    function isAboveBaseline({ name, minReplicas }: Bounds): boolean {
      return minReplicas > (baselines.get(name)?.minReplicas ?? Number.POSITIVE_INFINITY);
    }

    function isAsInGit({ name, minReplicas, maxReplicas, floor, floorMax }: Bounds): boolean {
      const baseline = baselines.get(name);
      const isSame = minReplicas === baseline?.minReplicas && maxReplicas === baseline.maxReplicas;
      return isSame && floor === undefined && floorMax === undefined;
    }

    /** The operator's Events about raises that were undone. */
    async function contests(): Promise<readonly Contest[]> {
      const { body } = await client.call('GET', `/apis/events.k8s.io/v1/namespaces/${environment}/events`);
      const events = (body as ObjectList).items as unknown as readonly EventSeen[];
      return events
        .filter(({ reason }) => reason === 'PutBack')
        .map(({ metadata: { name }, note, regarding }) => ({ name, target: regarding.name, note }));
    }

    async function readReport(): Promise<string> {
      const args = ['report', saleName, '--namespace', environment];
      const { logFile } = await until(
        'the report',
        2 * minute,
        () => runHeadstart(live.cluster.folder, live.operatorKubeconfig, args),
        ({ code }) => code === 0,
      );
      return readFileSync(logFile, 'utf8');
    }

    /** Complaints about fields with two managers, from the operator's conditions and from the API server. */
    async function complaintsOfContest(environments: readonly string[]): Promise<readonly string[]> {
      const manifests = environments.flatMap(live.manifests);
      const told = await Promise.all(
        manifests.filter(({ kind }) => kind === 'ScalingTarget').map(target => readLive(client, target)),
      );
      const complaints = told.flatMap(target =>
        calm
          .map(type => ({ type, good: conditionCatalogue[type].good, condition: conditionOf(target, type) }))
          .filter(({ good, condition }) => condition?.status !== good)
          .map(({ type, condition }) => `${target.metadata.name} ${type}: ${condition?.status} ${condition?.message}`),
      );
      const conflicts = await listRefusals(client, manifests, { fieldManager: argoCd, force: false, dryRun: true });
      return [...complaints, ...conflicts];
    }

    function auditLog(): string {
      return live.cluster.own?.auditLog ?? '';
    }
  },
);

/** Conditions of a target whose status is good while no other manager writes the same fields. */
const calm: readonly ConditionType[] = ['Accepted', 'BaselineDiffers', 'BoundsInForce', 'Contested', 'Ready'];

interface Bounds {
  readonly name: string;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly floor?: string;
  readonly floorMax?: string;
}

interface EventSeen {
  readonly metadata: { readonly name: string };
  readonly reason: string;
  readonly note: string;
  readonly regarding: { readonly name: string };
}

/** An Event of the operator that a raise of a target was undone. */
interface Contest {
  readonly name: string;
  readonly target: string;
  readonly note: string;
}

/** What was recorded while Argo CD synced in one way. */
interface Syncs extends Span {
  /** Every change of an HPA's bounds. */
  readonly bounds: readonly BoundsSeen[];
  readonly contests: readonly Contest[];
}

function isAutoscaler({ kind }: KubernetesObject): boolean {
  return kind === 'HorizontalPodAutoscaler';
}

function toBounds({ metadata: { name, annotations = {} }, spec }: KubernetesObject): Bounds {
  const { minReplicas, maxReplicas } = spec as { minReplicas: number; maxReplicas: number };
  const { 'headstart.dev/floor': floor, 'headstart.dev/floor-max': floorMax } = annotations;
  return { name, minReplicas, maxReplicas, ...(floor && { floor }), ...(floorMax && { floorMax }) };
}

/** The floor of a preview without history: its baseline times the stated peak, at most the ceiling. */
function statedFloor({ spec }: KubernetesObject): number {
  const { baseline, ceiling } = spec as { baseline: { minReplicas: number }; ceiling: number };
  return Math.min(ceiling, baseline.minReplicas * factor);
}

function ownsReplicas({ metadata: { managedFields = [] } }: KubernetesObject, manager: string): boolean {
  return managedFields.some(entry => entry.manager === manager && 'f:replicas' in (entry.fieldsV1['f:spec'] ?? {}));
}

function toText(instant: number): string {
  return new Date(instant).toISOString();
}

function say(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}
