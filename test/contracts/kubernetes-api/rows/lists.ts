import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import type { ApiDriver, Body } from '../driver.ts';
import { expectInvalid, expectRefusal, namesOf } from '../expectations.ts';

/** Objects that share the label `batch`, a case's own; named in order. */
async function givenBatch(api: ApiDriver, labels: readonly Body[]): Promise<string> {
  const batch = api.name();
  for (const [index, own] of labels.entries()) {
    const metadata = { name: `${batch}-${index}`, labels: { batch, ...own } };
    await api.given(api.configMaps, { metadata, data: { index: String(index) } });
  }
  return batch;
}

export const listContract: Contract = {
  'shows all objects of a namespace in the order of their names': async api => {
    const batch = await givenBatch(api, [{}, {}, {}]);
    const { status, body } = await api.list(api.configMaps, `labelSelector=batch=${batch}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
    expect(namesOf({ body } as never)).toEqual([0, 1, 2].map(index => `${batch}-${index}`));
  },

  'says kind and version once for built-in kinds, and with every custom resource': async api => {
    await api.given(api.configMaps);
    await api.given(api.widgets);
    const [builtIn] = (await api.list(api.configMaps)).body.items;
    expect(builtIn).not.toHaveProperty('kind');
    expect(builtIn).not.toHaveProperty('apiVersion');
    const { body } = await api.list(api.widgets);
    expect(body).toMatchObject({ kind: 'WidgetList', apiVersion: `${api.group}/v1` });
    expect(body.items[0]).toMatchObject({ kind: 'Widget', apiVersion: `${api.group}/v1` });
  },

  'without a namespace shows all of them': async api => {
    const batch = await givenBatch(api, [{}]);
    const { body } = await api.send('GET', `/api/v1/configmaps?labelSelector=batch=${batch}`);
    expect(body.items.map((item: Body) => item.metadata.namespace)).toEqual([api.namespace]);
  },

  'by limit comes in pages that show one moment': async api => {
    const batch = await givenBatch(api, [{}, {}, {}, {}, {}]);
    const query = `labelSelector=batch=${batch}&limit=2`;
    const first = await api.list(api.configMaps, query);
    expect(namesOf(first)).toEqual([`${batch}-0`, `${batch}-1`]);
    await api.given(api.configMaps, { metadata: { name: `${batch}-2a`, labels: { batch } } });
    await api.delete(api.configMaps, `${batch}-3`);
    const second = await api.list(api.configMaps, `${query}&continue=${first.body.metadata.continue}`);
    expect(namesOf(second)).toEqual([`${batch}-2`, `${batch}-3`]);
    expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
    const third = await api.list(api.configMaps, `${query}&continue=${second.body.metadata.continue}`);
    expect(namesOf(third)).toEqual([`${batch}-4`]);
    expect(third.body.metadata.continue).toBeUndefined();
  },

  'says how many items remain, where nothing is selected': async api => {
    await givenBatch(api, [{}, {}, {}]);
    const all = (await api.list(api.configMaps)).body.items.length;
    const { body } = await api.list(api.configMaps, 'limit=1');
    expect(body.metadata.remainingItemCount).toBe(all - 1);
  },

  'refuses a continue token it did not make': async api => {
    expectRefusal(await api.list(api.configMaps, 'limit=1&continue=bogus'), 400, 'BadRequest');
  },

  'selects by labels: equality, sets, existence': async api => {
    const batch = await givenBatch(api, [{ tier: 'web' }, { tier: 'api' }, {}]);
    const found = async (selector: string) => {
      const answer = await api.list(
        api.configMaps,
        `labelSelector=${encodeURIComponent(`batch=${batch},${selector}`)}`,
      );
      return namesOf(answer).map(name => Number(name.split('-').at(-1)));
    };
    expect(await found('tier=web')).toEqual([0]);
    expect(await found('tier==web')).toEqual([0]);
    expect(await found('tier!=web')).toEqual([1, 2]);
    expect(await found('tier in (web, api)')).toEqual([0, 1]);
    expect(await found('tier notin (web)')).toEqual([1, 2]);
    expect(await found('tier')).toEqual([0, 1]);
    expect(await found('!tier')).toEqual([2]);
  },

  'refuses a label selector it cannot read': async api => {
    const answer = await api.list(api.configMaps, `labelSelector=${encodeURIComponent('tier in web')}`);
    expectRefusal(answer, 400, 'BadRequest');
    expect(answer.body.message).toContain('unable to parse requirement');
  },

  'selects by name, and by anything but a name': async api => {
    const batch = await givenBatch(api, [{}, {}]);
    const is = await api.list(api.configMaps, `fieldSelector=metadata.name=${batch}-1`);
    expect(namesOf(is)).toEqual([`${batch}-1`]);
    const other = await api.list(
      api.configMaps,
      `labelSelector=batch=${batch}&fieldSelector=metadata.name!=${batch}-1`,
    );
    expect(namesOf(other)).toEqual([`${batch}-0`]);
    const elsewhere = await api.list(api.configMaps, `fieldSelector=metadata.namespace=elsewhere`);
    expect(namesOf(elsewhere)).toEqual([]);
  },

  'refuses a field that cannot be selected': async api => {
    const builtIn = await api.list(api.autoscalers, 'fieldSelector=spec.minReplicas=1');
    expectRefusal(builtIn, 400, 'BadRequest');
    const custom = await api.list(api.widgets, 'fieldSelector=spec.replicas=1');
    expectRefusal(custom, 400, 'BadRequest', { message: 'field label not supported: spec.replicas' });
  },

  'selects custom resources by the fields their definition offers': async api => {
    const { metadata } = await api.given(api.widgets, { spec: { colour: 'green' } });
    await api.given(api.widgets, { spec: { colour: 'blue' } });
    const green = await api.list(api.widgets, 'fieldSelector=spec.colour=green');
    expect(namesOf(green)).toEqual([metadata.name]);
  },

  'newer than anything there is answers 504, to be tried again': async api => {
    const { body } = await api.list(api.configMaps);
    const ahead = Number(body.metadata.resourceVersion) + 1_000_000;
    const answer = await api.list(api.configMaps, `resourceVersion=${ahead}`);
    expectRefusal(answer, 504, 'Timeout', { details: { retryAfterSeconds: 1 } });
    expect(answer.body.details.causes[0].reason).toBe('ResourceVersionTooLarge');
  },

  'at exactly one resourceVersion shows that moment': async api => {
    const batch = await givenBatch(api, [{}]);
    const before = await api.list(api.configMaps, `labelSelector=batch=${batch}`);
    await api.delete(api.configMaps, `${batch}-0`);
    const { resourceVersion } = before.body.metadata;
    const exact = `labelSelector=batch=${batch}&resourceVersion=${resourceVersion}&resourceVersionMatch=Exact`;
    expect(namesOf(await api.list(api.configMaps, exact))).toEqual([`${batch}-0`]);
    expect(namesOf(await api.list(api.configMaps, `labelSelector=batch=${batch}`))).toEqual([]);
  },

  'refuses resourceVersionMatch without a resourceVersion, and sendInitialEvents': async api => {
    const match = await api.list(api.configMaps, 'resourceVersionMatch=Exact');
    expectInvalid(match, { resourceVersionMatch: 'FieldValueForbidden' });
    const events = await api.list(api.configMaps, 'sendInitialEvents=true');
    expectInvalid(events, { sendInitialEvents: 'FieldValueForbidden' });
  },
};
