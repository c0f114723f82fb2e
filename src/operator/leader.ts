import type { Connection } from '../kube/connect.ts';
import type { WriteFence } from '../kube/http/transport.ts';
import { Elector } from '../kube/leases/elector.ts';
import { leases } from '../kube/resources/resource-kind.ts';
import type { Settings } from './settings/settings.ts';
import type { Log } from './telemetry/log.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** Decides who may write: the holder of a Lease, or, without election, every replica that runs. */
export interface Leader {
  readonly leading: boolean;
  /** Whether this replica leads; checked before each write. */
  readonly fence: WriteFence;
  /**
   * Runs `work` whenever this replica leads, until the signal aborts; the signal of `work` is aborted when leading
   * ends.
   */
  run(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void>;
}

export interface LeaderOptions {
  readonly connection: Connection;
  readonly settings: Settings['leaderElection'];
  readonly identity: string;
  readonly log: Log;
  readonly metrics: Metrics;
}

export function createLeader({ connection, settings, identity, log, metrics }: LeaderOptions): Leader {
  if (!settings.enabled) return soleLeader(metrics);
  const namespace = settings.namespace ?? connection.namespace;
  return new Elector({
    leases: connection.resource(leases),
    lease: { namespace, name: settings.name },
    identity,
    onEvent: event => {
      if (event.type === 'Failed') return log.warn('election failed', { error: event.error });
      metrics.leader.set(event.type === 'Leading' ? 1 : 0);
      log.info('election', { result: event.type, identity, lease: `${namespace}/${settings.name}` });
    },
  });
}

/** Creates the leader of a single replica: two such replicas would write against each other. */
function soleLeader(metrics: Metrics): Leader {
  return {
    leading: true,
    fence: { check: () => {}, deadlineMs: 10_000 },
    run: async (signal, work) => {
      metrics.leader.set(1);
      await work(signal);
      metrics.leader.set(0);
    },
  };
}
