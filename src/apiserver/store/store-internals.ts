import type { ResourceDefinition } from '../objects/resource-definition.ts';
import type { ObjectEvent } from './event-log.ts';

/** The parts of the store that a collection needs. */
export interface StoreInternals {
  readonly now: () => number;
  readonly newUid: () => string;
  readonly historyLimit: number;
  readonly resourceVersion: () => number;
  readonly nextResourceVersion: () => number;
  readonly deliver: (delivery: () => void) => void;
  /** The listeners for changes of every resource. */
  readonly listeners: ReadonlySet<StoreListener>;
}

/** A listener for changes. @param definition the resource that changed */
export type StoreListener = (event: ObjectEvent, definition: ResourceDefinition) => void;
