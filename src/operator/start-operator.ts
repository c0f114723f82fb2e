import { hostname } from 'node:os';
import { EventRecorder } from '../kube/events/event-recorder.ts';
import { ApiWriteBudget } from '../kube/http/api-write-budget.ts';
import { events, salePlans } from '../kube/resources/resource-kind.ts';
import { realTiming } from '../kube/timing.ts';
import { watchCluster } from '../observe/watch-cluster.ts';
import { aborted } from './aborted.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createLeader } from './leader.ts';
import { longestReconcileMs, NamespaceLoop } from './namespace-loop.ts';
import type { OperatorOptions } from './operator-options.ts';
import { pruneOld } from './prune-old.ts';
import { createForecaster, createReconcileContext } from './reconcile-context.ts';
import { runTicks } from './schedule.ts';
import { Liveness } from './telemetry/liveness.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { OperatorSight } from './telemetry/operator-sight.ts';
import { serveStatus } from './telemetry/serve-status.ts';
import { createTellPruned } from './telemetry/tell-pruned.ts';
import { createTellRepair } from './telemetry/tell-repair.ts';
import { whenFilled } from './telemetry/when-filled.ts';

/** A running operator. */
export interface Operator {
  /** Whether this replica may write. */
  readonly leading: boolean;
  /** What it has in memory, to be shown. */
  readonly sight: OperatorSight;
  /**
   * Rejects when the operator ends without being stopped: the process must exit, so that another one starts. Never
   * resolves.
   */
  readonly ended: Promise<never>;
  /**
   * Resolves once this replica leads and its caches are filled, or those that do not fill were waited for; rejects when
   * it is stopped before.
   */
  whenLeading(): Promise<void>;
  /** Lists the cluster again, reconciles every namespace that is due, and resolves when no work is left. */
  tick(): Promise<void>;
  /**
   * Resolves when no work is left: the caches hold everything written before the call, every namespace has been
   * reconciled with it, and this has repeated until a round wrote nothing. For a clock that the caller drives.
   */
  idle(): Promise<void>;
  /**
   * Ends the work under way, gives the lease back, and closes what the operator opened; the caller closes the
   * connection.
   */
  stop(): Promise<void>;
}

/**
 * Starts an operator against a cluster: watches, election, ticks, health and metrics. Resolves when it listens; later
 * failures are logged and retried.
 *
 * @throws Error when an address of `settings.listen` cannot be listened on
 */
export async function startOperator(options: OperatorOptions): Promise<Operator> {
  const { connection, settings, clock, log, ticks = 'Clock' } = options;
  const stopping = new AbortController();
  const identity = options.identity ?? `${hostname()}-${process.pid}`;
  const metrics = createMetrics();
  let loop: NamespaceLoop | undefined;
  const tellRepair = createTellRepair(log, metrics);

  const watch = watchCluster({
    connection,
    clock,
    namespaces: settings.watchNamespaces,
    onChange: ({ kind, type, namespace }) => {
      sight.touch();
      if (kind === salePlans.kind && type === 'Added') loop?.touchSoon(namespace);
      else loop?.touch(namespace);
    },
    ...(options.readPatienceMs === undefined ? {} : { patienceMs: options.readPatienceMs }),
    onRepair: (kind, repair) => {
      tellRepair(kind, repair);
      if (repair.wentBack) line.apply.memory.forgetAll();
      loop?.touchAll();
    },
  });
  const leader = createLeader({ connection, settings: settings.leaderElection, identity, log, metrics });
  connection.serverClock.subscribe(skewMs => {
    metrics.clockSkewSeconds.set(skewMs / 1000);
    if (skewMs !== 0) log.warn('clocks differ', { aheadOfApiServerSeconds: skewMs / 1000 });
  });
  const budget = new ApiWriteBudget({
    onRest: (ms, answer) => log.warn('writes rest', { seconds: Math.ceil(ms / 1000), error: answer }),
  });
  const sight = new OperatorSight({ watch, clock, settings, identity, leader, budget, line: () => line });
  const fenced = connection.budgeted(budget).fenced(leader.fence);
  const recorder = new EventRecorder({
    events: fenced.resource(events),
    instance: identity,
    clock,
    onError: error => log.warn('event not recorded', { error }),
  });
  const forecaster = createForecaster(options, metrics);
  const told = { onArrival: (namespace: string) => loop?.touch(namespace), onPruned: createTellPruned(log, metrics) };
  const parts = { watch, recorder, budget, forecaster, metrics, ...told };
  const line = createReconcileContext({ ...options, connection: fenced }, parts);
  const liveness = new Liveness({ tickSeconds: settings.tickSeconds, longestReconcileMs, timing: realTiming });
  const servers = await serveStatus(settings, { watch, metrics, liveness });
  log.info('operator started', { identity, namespaces: settings.watchNamespaces, dryRun: settings.dryRun });

  const watching = watch.run(stopping.signal);
  const leading = Promise.withResolvers<void>();
  leading.promise.catch(() => {});
  const work = async (signal: AbortSignal) => {
    const own = new NamespaceLoop({
      line,
      watch,
      log,
      metrics,
      liveness,
      sight,
      ...(ticks === 'Clock' ? { clock } : {}),
      restMs: () => budget.restMs,
      ...(options.metricPatienceMs === undefined ? {} : { metricPatienceMs: options.metricPatienceMs }),
    });
    loop = own;
    const turn = () => {
      liveness.tick();
      own.tick();
    };
    const filling = whenFilled(watch, log, signal).catch(() => {});
    own.touchAll();
    const served = watch.whenRead(undefined, signal).then(leading.resolve, () => {});
    try {
      if (ticks === 'Clock') {
        liveness.tick();
        await runTicks({ clock, tickSeconds: settings.tickSeconds }, turn, signal);
      } else await aborted(signal);
    } finally {
      loop = undefined;
      liveness.rest();
      await own.stop();
      sight.clear();
      await Promise.all([filling, served]);
      await recorder.flush();
    }
  };
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  const electing = leader.run(stopping.signal, work).catch(error => {
    if (!stopping.signal.aborted) {
      log.error('operator ended', { error });
      ended.reject(error);
    }
    leading.reject(error);
  });
  const housekeeping = startHousekeeping(
    [
      { name: 'refit', cron: '11 0,6,12,18 * * *', run: () => loop?.touchAll() },
      { name: 'forget', cron: '41 * * * *', run: () => line.history.forgetUnasked(clock.now()) },
      { name: 'prune', cron: '17 * * * *', run: () => pruneOld(line, watch, settings, leader) },
    ],
    (name, error) => log.warn('housekeeping failed', { name, error }),
  );

  const settle = async () => {
    for (let round = 0; round < longestSettling; round += 1) {
      const before = loop?.written;
      await watch.catchUp(stopping.signal);
      await loop?.idle();
      if (loop?.written === before) return;
    }
  };

  return {
    get leading() {
      return leader.leading;
    },
    sight,
    ended: ended.promise,
    whenLeading: () => leading.promise,
    async tick() {
      await watch.catchUp(stopping.signal);
      const before = loop?.written;
      loop?.tick();
      await loop?.idle();
      if (loop?.written !== before) await settle();
    },
    idle: settle,
    async stop() {
      stopping.abort(new Error('the operator is stopping'));
      leading.reject(new Error('the operator was stopped'));
      await housekeeping.stop();
      await electing;
      await watching;
      await forecaster.stop();
      await Promise.all(servers.map(server => server.close()));
      log.info('operator stopped', { identity });
    },
  };
}

/** Maximum rounds of writing and observing the writes; a namespace that converges needs three. */
const longestSettling = 10;
