import { isMissing } from '../../api/missing.ts';
import type { ChannelFacts } from '../../operator/notify/channel-worker.ts';
import type { PageSource, ReplicaFacts } from '../page-source.ts';

/** The operator: this replica, its caches, and how late its sources are. */
export interface OperatorView {
  /** Epoch ms. */
  readonly asOf: number;
  readonly replica: ReplicaFacts;
  readonly caches: readonly CacheRow[];
  readonly sources: readonly SourceRow[];
  /** Channels of notices: how many wait, of all namespaces, and why the newest attempt failed. */
  readonly channels: readonly ChannelFacts[];
}

export interface CacheRow {
  readonly kind: string;
  readonly namespace?: string;
  readonly objects: number;
  readonly ageSeconds: number;
  readonly isSynced: boolean;
  readonly lastFailure?: string;
}

/** One metric source, over the services of the namespaces that the viewer may see. */
export interface SourceRow {
  readonly source: string;
  readonly services: number;
  /** Age of the newest sample of the service that has waited longest; absent where none has a sample. */
  readonly oldestSeconds?: number;
  readonly latenessSeconds?: number;
  /** Why the newest query of a service failed, each reason once. */
  readonly failures: readonly string[];
}

/** Makes the view of the operator; of objects, only those of these namespaces count. */
export function operatorView(source: PageSource, namespaces: readonly string[]): OperatorView {
  return {
    asOf: source.now(),
    replica: source.replica,
    caches: source
      .caches()
      .filter(({ namespace }) => namespace === undefined || namespaces.includes(namespace))
      .map(({ kind, namespace, objects, ageMs, synced, lastFailure }) => ({
        kind,
        ...(namespace === undefined ? {} : { namespace }),
        objects,
        ageSeconds: Math.round(ageMs / 1000),
        isSynced: synced,
        ...(lastFailure === undefined ? {} : { lastFailure }),
      })),
    channels: source.channels(),
    sources: source.replica.sources.map(name => sourceRow(source, namespaces, name)),
  };
}

function sourceRow(source: PageSource, namespaces: readonly string[], name: string): SourceRow {
  const targets = namespaces.flatMap(namespace => source.newest(namespace)?.observation.targets ?? []);
  const own = targets.filter(({ target }) => target.spec.demand.source === name).map(({ demand }) => demand);
  const known = own.flatMap(demand => (isMissing(demand) ? [] : [demand]));
  const late = known.flatMap(({ latenessSeconds }) => latenessSeconds ?? []);
  const failures = own.flatMap(demand => (isMissing(demand) ? demand.missing : (demand.failure ?? [])));
  return {
    source: name,
    services: own.length,
    ...(known.length === 0 ? {} : { oldestSeconds: Math.max(...known.map(({ ageSeconds }) => ageSeconds)) }),
    ...(late.length === 0 ? {} : { latenessSeconds: Math.max(...late) }),
    failures: [...new Set(failures)],
  };
}
