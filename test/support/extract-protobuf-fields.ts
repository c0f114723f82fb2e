/**
 * Writes src/schema/built-in-protobuf.json from the sources of Kubernetes: the fields of the messages that clients send
 * of built-in kinds in place of JSON.
 *
 *   npx node test/support/extract-protobuf-fields.ts <folder with api@VERSION and apimachinery@VERSION> VERSION
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [folder = '.', version = ''] = process.argv.slice(2);
const api = path.join(folder, `api@${version}`);
const machinery = path.join(folder, `apimachinery@${version}`, 'pkg');
const places: readonly (readonly [string, string])[] = [
  ...['core/v1', 'apps/v1', 'autoscaling/v1', 'autoscaling/v2', 'coordination/v1', 'events/v1', 'authorization/v1'].map(
    name => [`k8s.io.api.${name.replace('/', '.')}`, path.join(api, name)] as const,
  ),
  ['k8s.io.apimachinery.pkg.apis.meta.v1', path.join(machinery, 'apis/meta/v1')],
];
const roots = [
  ...['Namespace', 'Node', 'Pod', 'Event', 'ConfigMap'].map(kind => `k8s.io.api.core.v1.${kind}`),
  ...['Deployment', 'ReplicaSet', 'StatefulSet'].map(kind => `k8s.io.api.apps.v1.${kind}`),
  'k8s.io.api.autoscaling.v1.Scale',
  'k8s.io.api.autoscaling.v2.HorizontalPodAutoscaler',
  'k8s.io.api.coordination.v1.Lease',
  'k8s.io.api.events.v1.Event',
  'k8s.io.api.authorization.v1.SelfSubjectAccessReview',
  'k8s.io.api.authorization.v1.SelfSubjectRulesReview',
  'k8s.io.apimachinery.pkg.apis.meta.v1.DeleteOptions',
];
/** Messages with a JSON form of their own, which the decoder knows. */
const known = ['Time', 'MicroTime', 'Quantity', 'IntOrString', 'FieldsV1', 'RawExtension'];

interface Field {
  readonly number: string;
  readonly proto: string;
  readonly type: string;
  readonly shape: '' | 'list' | 'map';
}

interface Tag {
  /** Empty where the message's fields stand in its parent. */
  readonly json: string;
  readonly keepsZero: boolean;
}

const messages = new Map<string, readonly Field[]>();
const tags = new Map<string, ReadonlyMap<string, Tag>>();
for (const [name, place] of places) {
  readMessages(name, readFileSync(path.join(place, 'generated.proto'), 'utf8'));
  readTags(name, readFileSync(path.join(place, 'types.go'), 'utf8'));
}
const written: Record<string, Record<string, readonly string[]>> = {};
for (const root of roots) write(root);
writeFileSync('src/schema/built-in-protobuf.json', `${JSON.stringify(written)}\n`);
console.log(`${Object.keys(written).length} messages`);

function readMessages(name: string, text: string): void {
  for (const [, message, body = ''] of text.matchAll(/^message (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const fields = [
      ...body.matchAll(
        /^ {2}(optional|repeated) \.?([\w.]+) (\w+) = (\d+)|^ {2}map<string, \.?([\w.]+)> (\w+) = (\d+)/gm,
      ),
    ];
    const found = fields.map(([, label, type, proto, number, of, mapped, at]): Field => {
      const named = qualified(name, type ?? of ?? '');
      return {
        number: number ?? at ?? '',
        proto: proto ?? mapped ?? '',
        type: named,
        shape: of !== undefined ? 'map' : label === 'repeated' ? 'list' : '',
      };
    });
    messages.set(`${name}.${message}`, found);
  }
}

function qualified(name: string, type: string): string {
  if (/^(string|bool|bytes|double|u?int(32|64))$/.test(type)) return type;
  return type.includes('.') ? type : `${name}.${type}`;
}

function readTags(name: string, text: string): void {
  for (const [, struct, body = ''] of text.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    const found = [
      ...body.matchAll(/^\s+(?:\w+\s+)?(\*?[\w.[\]*]+)\s+`json:"([^"]*)"[^`]*protobuf:"\w+,(\d+),[^"]*"/gm),
    ];
    const own = found.map(([, type = '', json = '', number = '']): [string, Tag] => {
      const [field = '', ...options] = json.split(',');
      const keepsZero = type.startsWith('*') || !options.includes('omitempty');
      return [number, { json: options.includes('inline') ? '' : field, keepsZero }];
    });
    tags.set(`${name}.${struct}`, new Map(own));
  }
}

function write(message: string): void {
  const short = message.slice(message.lastIndexOf('.') + 1);
  const fields = messages.get(message);
  if (written[nameOf(message)] !== undefined || fields === undefined || known.includes(short)) return;
  written[nameOf(message)] = {};
  for (const { number, proto, type, shape } of fields) {
    const { json, keepsZero } = tags.get(message)?.get(number) ?? { json: proto, keepsZero: false };
    const of = type.includes('.') ? nameOf(type) : type;
    written[nameOf(message)] = { ...written[nameOf(message)], [number]: [json, of, shape, keepsZero ? 'keep' : ''] };
    if (type.includes('.')) write(type);
  }
}

/** The name as OpenAPI has it: `k8s.io.api.apps.v1.Deployment` is `io.k8s.api.apps.v1.Deployment`. */
function nameOf(message: string): string {
  return message.replace(/^k8s\.io\./, 'io.k8s.');
}
