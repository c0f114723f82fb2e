import type { Observation, Unreadable } from './observation.ts';
import { readSaleEnding } from './sale-ending.ts';

/** What was planned, from which part of an observation. */
export interface PlannedRest<T> {
  /** The observation, with each object that could not be planned as one that could not be read. */
  readonly observation: Observation;
  readonly planned: T;
}

/** An object of an observation that is planned or set aside by itself. */
interface Candidate {
  readonly kind: 'ScalingTarget' | 'FlashSale' | 'SalePlan';
  readonly name: string;
}

/** Sentences by object, for those that are set aside. */
type Aside = ReadonlyMap<Candidate, string>;

/**
 * Plans a namespace so that an object whose planning throws affects no other: it is set aside as one that cannot be
 * read, is told so, and keeps what is raised. The objects that throw are found by halves, so that one of a thousand
 * costs about twenty plans, and none costs one.
 *
 * @throws what `planOf` throws even when every object is set aside
 */
export function setAsideFailing<T>(observation: Observation, planOf: (observation: Observation) => T): PlannedRest<T> {
  try {
    return { observation, planned: planOf(observation) };
  } catch (error) {
    return planRest(observation, planOf, messageOf(error));
  }
}

function planRest<T>(observation: Observation, planOf: (observation: Observation) => T, first: string): PlannedRest<T> {
  const all = candidatesOf(observation);
  let aside: Aside = new Map(all.map(candidate => [candidate, first]));
  planWithout(observation, aside, planOf);
  const admit = (group: readonly Candidate[]): void => {
    const rest = new Map([...aside].filter(([candidate]) => !group.includes(candidate)));
    try {
      planWithout(observation, rest, planOf);
      aside = rest;
    } catch (error) {
      const [only, ...more] = group;
      if (only === undefined) return;
      if (more.length === 0) aside = new Map([...aside, [only, messageOf(error)]]);
      else {
        const half = Math.ceil(group.length / 2);
        admit(group.slice(0, half));
        admit(group.slice(half));
      }
    }
  };
  if (all.length > 0) admit(all);
  return planWithout(observation, aside, planOf);
}

function planWithout<T>(
  observation: Observation,
  aside: Aside,
  planOf: (observation: Observation) => T,
): PlannedRest<T> {
  const rest = withoutThese(observation, aside);
  return { observation: rest, planned: planOf(rest) };
}

function candidatesOf({ targets, sales, salePlans }: Observation): readonly Candidate[] {
  return [
    ...targets.map(({ target }) => ({ kind: 'ScalingTarget', name: target.metadata.name }) as const),
    ...sales.map(({ metadata }) => ({ kind: 'FlashSale', name: metadata.name }) as const),
    ...salePlans.map(({ metadata }) => ({ kind: 'SalePlan', name: metadata.name }) as const),
  ];
}

/** Takes objects out of an observation, as the reader of the cluster does with those that it cannot read. */
function withoutThese(observation: Observation, aside: Aside): Observation {
  const why = new Map([...aside].map(([{ kind, name }, message]) => [`${kind} ${name}`, message]));
  const reasonOf = (kind: Candidate['kind'], name: string) => why.get(`${kind} ${name}`);
  const unread = <K extends 'FlashSale' | 'SalePlan'>(
    kind: K,
    objects: readonly (Observation['sales'][number] | Observation['salePlans'][number])[],
  ): readonly Unreadable[] =>
    objects.flatMap(object => {
      const message = reasonOf(kind, object.metadata.name);
      return message === undefined ? [] : [unreadableOf(kind, object, message)];
    });
  return {
    ...observation,
    targets: observation.targets.map(observed => {
      const message = reasonOf('ScalingTarget', observed.target.metadata.name);
      return message === undefined ? observed : { ...observed, unreadable: message };
    }),
    sales: observation.sales.filter(({ metadata }) => reasonOf('FlashSale', metadata.name) === undefined),
    salePlans: observation.salePlans.filter(({ metadata }) => reasonOf('SalePlan', metadata.name) === undefined),
    unreadable: [
      ...observation.unreadable,
      ...unread('FlashSale', observation.sales),
      ...unread('SalePlan', observation.salePlans),
    ],
  };
}

function unreadableOf(
  kind: 'FlashSale' | 'SalePlan',
  object: Observation['sales'][number] | Observation['salePlans'][number],
  message: string,
): Unreadable {
  const { name, uid, generation } = object.metadata;
  return {
    kind,
    name,
    field: '',
    message,
    ...(uid === undefined ? {} : { uid }),
    ...(generation === undefined ? {} : { generation }),
    ...(kind === 'FlashSale' ? { ending: readSaleEnding(object) } : {}),
  };
}

function messageOf(error: unknown): string {
  return `It could not be planned: ${error instanceof Error ? error.message : String(error)}`;
}
