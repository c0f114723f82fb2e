import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Collection } from '../driver.ts';
import { expectRefusal } from '../expectations.ts';

/** A field of a protobuf message: text, or a message of fields. */
function field(number: number, value: string | readonly Buffer[]): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.concat(value);
  const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7];
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), bytes]);
}

/** An object in the envelope in which Kubernetes sends protobuf. */
function envelope({ apiVersion, kind }: Pick<Collection, 'apiVersion' | 'kind'>, object: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('k8s\0'), field(1, [field(1, apiVersion), field(2, kind)]), field(2, object)]);
}

function create(api: ApiDriver, collection: Collection, object: readonly Buffer[]) {
  const body = envelope(collection, object);
  return api.send('POST', collection.path, { body, contentType: 'application/vnd.kubernetes.protobuf' });
}

const entry = (key: string, value: string) => [field(1, key), field(2, value)];

/** What typed clients send of built-in kinds, those in kubectl among them. */
export const protobufContract: Contract = {
  'a built-in kind in protobuf is as good as one in JSON': async api => {
    const name = api.name();
    const metadata = field(1, [field(1, name), field(11, entry('tier', 'web'))]);
    const { status, body } = await create(api, api.configMaps, [
      metadata,
      field(2, entry('a', '1')),
      field(2, entry('b', '2')),
    ]);
    expect(status).toBe(201);
    expect(body).toMatchObject({ metadata: { name, labels: { tier: 'web' } }, data: { a: '1', b: '2' } });
  },

  'what is cut off in the middle is 400': async api => {
    const whole = envelope(api.configMaps, [field(1, [field(1, api.name())])]);
    const answer = await api.send('POST', api.configMaps.path, {
      body: whole.subarray(0, whole.length - 3),
      contentType: 'application/vnd.kubernetes.protobuf',
    });
    expectRefusal(answer, 400, 'BadRequest');
  },
};
