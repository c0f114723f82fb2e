import { formatMicroTime, type KubeObject } from '../resources/wire.ts';

/** What happened to an object, in words: `kubectl describe` shows it. */
export interface EventDraft {
  /** Needs apiVersion, kind and metadata with name, namespace and uid. */
  readonly regarding: KubeObject;
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, the same word as in conditions: "BoundsRaised". */
  readonly reason: string;
  /** What we were doing, CamelCase: "Raise". */
  readonly action: string;
  /** A sentence; cut at 1,024 characters. */
  readonly note: string;
}

/** An Event that may be recorded again: one object with a count. */
export interface EventSeries {
  readonly name: string;
  readonly draft: EventDraft;
  readonly note: string;
  readonly firstAt: number;
  lastAt: number;
  writtenAt: number;
  count: number;
  writtenCount: number;
}

/** The Event as the API asks for it; the second time and later it carries its count. */
export function toEvent(series: EventSeries, count: number, instance: string) {
  const { regarding, type, reason, action } = series.draft;
  const { name, namespace = 'default', uid, resourceVersion } = regarding.metadata ?? {};
  return {
    metadata: { name: series.name, namespace },
    regarding: { apiVersion: regarding.apiVersion, kind: regarding.kind, name, namespace, uid, resourceVersion },
    type,
    reason,
    action,
    note: series.note.slice(0, 1024),
    eventTime: formatMicroTime(series.firstAt),
    reportingController: 'headstart.dev/operator',
    reportingInstance: instance,
    ...(count > 1 ? { series: { count, lastObservedTime: formatMicroTime(series.lastAt) } } : {}),
  };
}
