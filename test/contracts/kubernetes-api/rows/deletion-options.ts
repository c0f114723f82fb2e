import { expect } from 'vitest';
import type { Contract } from '../contract.ts';
import { expectInvalid, expectRefusal } from '../expectations.ts';

export const deletionOptionsContract: Contract = {
  'whatever the propagationPolicy, it is gone a moment later': async api => {
    for (const propagationPolicy of ['Background', 'Foreground', 'Orphan']) {
      const { metadata } = await api.given(api.configMaps);
      expect((await api.delete(api.configMaps, metadata.name, { propagationPolicy })).status).toBe(200);
      await api.until(
        () => api.get(api.configMaps, metadata.name),
        ({ status }) => status === 404,
      );
    }
  },

  'an unknown propagationPolicy is 422': async api => {
    const { metadata } = await api.given(api.configMaps);
    const answer = await api.delete(api.configMaps, metadata.name, { propagationPolicy: 'Sometimes' });
    expectInvalid(answer, { propagationPolicy: 'FieldValueNotSupported' });
    expect((await api.get(api.configMaps, metadata.name)).status).toBe(200);
  },

  'both preconditions must hold': async api => {
    const { metadata } = await api.given(api.configMaps);
    const { name, uid, resourceVersion } = metadata;
    const stale = { preconditions: { uid, resourceVersion: '1' } };
    expectRefusal(await api.delete(api.configMaps, name, stale), 409, 'Conflict');
    const right = { preconditions: { uid, resourceVersion } };
    expect((await api.delete(api.configMaps, name, right)).status).toBe(200);
  },

  'options in the query count as those in a body': async api => {
    const { metadata } = await api.given(api.configMaps);
    const dry = await api.send('DELETE', `${api.configMaps.path}/${metadata.name}?dryRun=All`);
    expect(dry.status).toBe(200);
    expect((await api.get(api.configMaps, metadata.name)).status).toBe(200);
  },

  'a body that is no JSON is 400': async api => {
    const { metadata } = await api.given(api.configMaps);
    const answer = await api.send('DELETE', `${api.configMaps.path}/${metadata.name}`, { body: '{"kind":' });
    expectRefusal(answer, 400, 'BadRequest');
  },

  'of a collection takes what the field selector matches': async api => {
    const [gone, kept] = [await api.given(api.configMaps), await api.given(api.configMaps)];
    const answer = await api.send('DELETE', `${api.configMaps.path}?fieldSelector=metadata.name=${gone.metadata.name}`);
    expect(answer.status).toBe(200);
    expect((await api.get(api.configMaps, gone.metadata.name)).status).toBe(404);
    expect((await api.get(api.configMaps, kept.metadata.name)).status).toBe(200);
  },

  'of a collection with dryRun=All keeps everything': async api => {
    const batch = api.name();
    const { metadata } = await api.given(api.configMaps, { metadata: { labels: { batch } } });
    const answer = await api.send('DELETE', `${api.configMaps.path}?labelSelector=batch=${batch}&dryRun=All`);
    expect(answer.status).toBe(200);
    expect((await api.get(api.configMaps, metadata.name)).status).toBe(200);
  },

  'a second delete of what waits for its finalizers changes nothing': async api => {
    const finalizers = ['contract.headstart.dev/hold'];
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers } });
    const first = await api.delete(api.widgets, metadata.name);
    const second = await api.delete(api.widgets, metadata.name);
    expect(second.body.metadata).toEqual(first.body.metadata);
    await api.merge(api.widgets, metadata.name, { metadata: { finalizers: null } });
  },

  'a name that waits for its finalizers is not free': async api => {
    const finalizers = ['contract.headstart.dev/hold'];
    const { metadata } = await api.given(api.widgets, { metadata: { finalizers } });
    await api.delete(api.widgets, metadata.name);
    const again = await api.create(api.widgets, { metadata: { name: metadata.name } });
    expectRefusal(again, 409, 'AlreadyExists');
    expect(again.body.message).toContain('object is being deleted');
    await api.merge(api.widgets, metadata.name, { metadata: { finalizers: null } });
  },
};
