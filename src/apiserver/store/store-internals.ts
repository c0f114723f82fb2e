import type { ResourceDefinition } from '../objects/resource-definition.ts';
import type { ObjectEvent } from './event-log.ts';

/** What a collection needs of the store around it. */
export interface StoreInternals {
  readonly now: () => number;
  readonly newUid: () => string;
  readonly historyLimit: number;
  readonly resourceVersion: () => number;
  readonly nextResourceVersion: () => number;
  readonly deliver: (delivery: () => void) => void;
  /** Who hears of every change of every resource. */
  readonly listeners: ReadonlySet<StoreListener>;
}

/** @param definition of the resource that changed */
export type StoreListener = (event: ObjectEvent, definition: ResourceDefinition) => void;
