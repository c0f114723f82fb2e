import { shortenToBytes } from '../../api/shorten-text.ts';
import { formatMicroTime, type KubeObject } from '../resources/wire.ts';

/** An Event before it is sent: what happened to an object, as `kubectl describe` shows it. */
export interface EventDraft {
  /** Needs apiVersion, kind and metadata with name, namespace and uid. */
  readonly regarding: KubeObject;
  readonly type: 'Normal' | 'Warning';
  /** CamelCase, the same word as in the conditions: "BoundsRaised". */
  readonly reason: string;
  /** What the operator was doing, CamelCase: "Raise". */
  readonly action: string;
  /** A sentence; shortened to 1,024 bytes of UTF-8. */
  readonly note: string;
}

/** An Event that may be recorded again: one object in the API with a count. */
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

/** @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/events.go */
const maxNoteBytes = 1024;

/** Builds the Event object for the API; from the second time on it carries a count. */
export function toEvent(series: EventSeries, count: number, instance: string) {
  const { regarding, type, reason, action } = series.draft;
  const { name, namespace = 'default', uid, resourceVersion } = regarding.metadata ?? {};
  return {
    metadata: { name: series.name, namespace },
    regarding: { apiVersion: regarding.apiVersion, kind: regarding.kind, name, namespace, uid, resourceVersion },
    type,
    reason,
    action,
    note: shortenToBytes(series.note, maxNoteBytes),
    eventTime: formatMicroTime(series.firstAt),
    reportingController: 'headstart.dev/operator',
    reportingInstance: instance,
    ...(count > 1 ? { series: { count, lastObservedTime: formatMicroTime(series.lastAt) } } : {}),
  };
}
