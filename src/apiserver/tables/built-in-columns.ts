import { ownValue } from '../../api/names/own-value.ts';
import { isJsonObject, type Json, type JsonObject } from '../../schema/json.ts';
import { objectIn, objectsIn, textIn } from '../objects/json-access.ts';
import type { ResourceDefinition } from '../objects/resource-definition.ts';
import { qualifiedName } from '../objects/status-error.ts';
import { scaledTargets } from './autoscaler-targets.ts';
import type { Column } from './column.ts';
import { humanDuration } from './human-duration.ts';

type Cell = Column['cell'];

const text = (name: string, cell: Cell): Column => ({ name, type: 'string', cell });
const whole = (name: string, cell: Cell): Column => ({ name, type: 'integer', cell });
const wide = (column: Column): Column => ({ ...column, priority: 1 });

const age = text('Age', ({ metadata }, now) => ageOf(at(metadata, 'creationTimestamp'), now));
const containers = (path: (object: JsonObject) => JsonObject): readonly Column[] => [
  wide(text('Containers', object => namesOf(path(object), 'name'))),
  wide(text('Images', object => namesOf(path(object), 'image'))),
];
const template = (object: JsonObject) => objectIn(objectIn(objectIn(object, 'spec'), 'template'), 'spec');
const selector = wide(text('Selector', ({ spec }) => labelsOf(objectIn(asObject(spec), 'selector'))));
const status = (field: string) => (object: JsonObject) => at(object.status, field) ?? 0;
const spec = (field: string) => (object: JsonObject) => at(object.spec, field) ?? 0;

/** The columns of built-in kinds after the name, as the real server prints them. */
const columns: Readonly<Record<string, readonly Column[]>> = {
  namespaces: [text('Status', object => at(object.status, 'phase') ?? ''), age],
  nodes: [text('Status', nodeStatus), text('Roles', () => '<none>'), age, text('Version', () => '')],
  pods: [
    text('Ready', podReady),
    text('Status', object => at(object.status, 'phase') ?? ''),
    text('Restarts', podRestarts),
    age,
    wide(text('IP', object => at(object.status, 'podIP') ?? '<none>')),
    wide(text('Node', object => at(object.spec, 'nodeName') ?? '<none>')),
  ],
  configmaps: [text('Data', ({ data, binaryData }) => sizeOf(data) + sizeOf(binaryData)), age],
  'deployments.apps': [
    text('Ready', object => `${status('readyReplicas')(object)}/${spec('replicas')(object)}`),
    text('Up-to-date', status('updatedReplicas')),
    text('Available', status('availableReplicas')),
    age,
    ...containers(template),
    selector,
  ],
  'replicasets.apps': [
    whole('Desired', spec('replicas')),
    whole('Current', status('replicas')),
    whole('Ready', status('readyReplicas')),
    age,
    ...containers(template),
    selector,
  ],
  'statefulsets.apps': [
    text('Ready', object => `${status('readyReplicas')(object)}/${spec('replicas')(object)}`),
    age,
    ...containers(template),
  ],
  'horizontalpodautoscalers.autoscaling': [
    text('Reference', object => {
      const target = objectIn(objectIn(object, 'spec'), 'scaleTargetRef');
      return `${textIn(target, 'kind')}/${textIn(target, 'name')}`;
    }),
    text('Targets', scaledTargets),
    text('MinPods', object => String(at(object.spec, 'minReplicas') ?? '<unset>')),
    text('MaxPods', spec('maxReplicas')),
    text('Replicas', status('currentReplicas')),
    age,
  ],
  'leases.coordination.k8s.io': [text('Holder', object => at(object.spec, 'holderIdentity') ?? ''), age],
  'events.events.k8s.io': eventColumns('regarding', 'note'),
  events: eventColumns('involvedObject', 'message'),
  'customresourcedefinitions.apiextensions.k8s.io': [
    { name: 'Created At', type: 'date', cell: ({ metadata }) => at(metadata, 'creationTimestamp') ?? null },
  ],
};

/** The columns of a built-in kind after its name. */
export function builtInColumns(definition: ResourceDefinition): readonly Column[] {
  return ownValue(columns, qualifiedName(definition)) ?? [age];
}

function eventColumns(about: string, message: string): readonly Column[] {
  return [
    text('Last Seen', (object, now) => ageOf(lastSeen(object), now)),
    text('Type', ({ type }) => type ?? ''),
    text('Reason', ({ reason }) => reason ?? ''),
    text('Object', object => {
      const regarding = objectIn(object, about);
      return `${textIn(regarding, 'kind').toLowerCase()}/${textIn(regarding, 'name')}`;
    }),
    text('Message', object => textIn(object, message).trim()),
  ];
}

function lastSeen(event: JsonObject): Json | undefined {
  const { eventTime, lastTimestamp, deprecatedLastTimestamp, metadata } = event;
  const inSeries = at(event.series, 'lastObservedTime');
  return inSeries ?? lastTimestamp ?? deprecatedLastTimestamp ?? eventTime ?? at(metadata, 'creationTimestamp');
}

function nodeStatus({ status: own, spec: ownSpec }: JsonObject): string {
  const ready = objectsIn(asObject(own), 'conditions').find(({ type }) => type === 'Ready');
  const said = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return at(ownSpec, 'unschedulable') === true ? `${said},SchedulingDisabled` : said;
}

function podReady(pod: JsonObject): string {
  const all = objectsIn(asObject(pod.spec), 'containers').length;
  const ready = objectsIn(asObject(pod.status), 'containerStatuses').filter(each => each.ready === true).length;
  return `${ready}/${all}`;
}

function podRestarts(pod: JsonObject): string {
  const counts = objectsIn(asObject(pod.status), 'containerStatuses').map(({ restartCount }) =>
    Number(restartCount ?? 0),
  );
  return String(counts.reduce((sum, count) => sum + count, 0));
}

function labelsOf({ matchLabels }: JsonObject): string {
  const pairs = Object.entries(asObject(matchLabels)).map(([key, value]) => `${key}=${String(value)}`);
  return pairs.length === 0 ? '<none>' : pairs.sort().join(',');
}

function namesOf(pod: JsonObject, field: string): string {
  return objectsIn(pod, 'containers')
    .map(container => textIn(container, field))
    .join(',');
}

function sizeOf(map: Json | undefined): number {
  return Object.keys(asObject(map)).length;
}

function ageOf(time: Json | undefined, now: number): string {
  const since = Date.parse(typeof time === 'string' ? time : '');
  return Number.isNaN(since) ? '<unknown>' : humanDuration(now - since);
}

function at(object: Json | undefined, field: string): Json | undefined {
  return ownValue(asObject(object), field);
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
