import { afterEach, describe, expect, test } from 'vitest';
import type { SalePlan } from '../../../src/api/sale-plan.ts';
import { secretFile } from '../../support/notify/notices.ts';
import { answersWith, type Receiver, startReceiver } from '../../support/notify/receiver.ts';
import {
  flashSale,
  minutes,
  openShop,
  type Shop,
  service,
  shopDemand,
  stored,
} from '../../support/shop/sandbox-shop.ts';

const start = Date.parse('2026-11-27T19:00:00Z');
const end = Date.parse('2026-11-27T19:20:00Z');

let shop: Shop;
afterEach(() => shop.close());

async function openSale(channel: object, policy: object = {}) {
  shop = await openShop({
    start: start - minutes(5),
    demand: shopDemand([{ start, end, peak: 6 }]),
    policy: { notify: { channel: 'shop' }, ...policy },
    settings: { channels: { shop: channel } },
  });
  await shop.create(...service('gateway'));
  const operator = await shop.operator();
  await operator.whenLeading();
  await shop.create(flashSale('sneaker-drop', start, end));
  await operator.idle();
  return operator;
}

const kindsOf = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body).data.kind);
const recorded = () => (shop.salePlans()[0] as SalePlan | undefined)?.status?.notices?.map(({ kind }) => kind) ?? [];

/** Waits, in real time, until the SalePlan says that so many were told. */
async function whenRecorded(count: number): Promise<void> {
  await expect.poll(() => recorded().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
}

/** Waits, in real time, until the SalePlan says that these were told. */
async function whenKinds(...kinds: readonly string[]): Promise<void> {
  await expect.poll(recorded, { timeout: 30_000 }).toEqual(expect.arrayContaining([...kinds]));
}

describe('a channel of CloudEvents', () => {
  test('is told of a whole sale, each once, also by the operators after the first', async () => {
    const receiver = await startReceiver();
    const first = await openSale({ type: 'cloudevents', url: receiver.url });
    await whenRecorded(1);
    await shop.moveTo(start + minutes(1));
    await whenKinds('Ready');
    await shop.kill(first);
    const second = await shop.operator();
    await second.whenLeading();
    await second.idle();
    await shop.moveTo(end + minutes(3));
    await whenKinds('Ended');
    await shop.retire(second);
    await (await shop.operator()).whenLeading();
    await shop.moveTo(end + minutes(12));
    await whenKinds('Restored', 'Report');

    const kinds = kindsOf(receiver);
    const always = ['Planned', 'Ready', 'Ended', 'Restored', 'Report'];
    expect(kinds.filter(kind => always.includes(kind))).toEqual(always);
    expect(recorded()).toEqual(kinds);
    const ids = receiver.received.map(({ body }) => JSON.parse(body).id);
    expect(ids).toEqual([...new Set(ids)]);
    const [planned] = receiver.received.map(({ body }) => JSON.parse(body).data);
    expect(planned.message).toMatch(/^The sale from 2026-11-27T19:00:00.* is planned\. Its peak is \d+ %.* replicas/);
  });

  test.each([
    ['hangs', () => undefined],
    ['redirects', answersWith(302, '', { location: '/elsewhere' })],
    ['answers HTML', answersWith(200, '<html></html>')],
  ])('that %s holds up no raise, and the operator tells it', async (_, answer) => {
    const receiver = await startReceiver(answer);
    const operator = await openSale({ type: 'cloudevents', url: receiver.url, timeoutSeconds: 1 });
    await shop.moveTo(start + minutes(2));
    await expect
      .poll(() => operator.sight.channels(), { timeout: 30_000 })
      .toMatchObject([{ name: 'shop', type: 'cloudevents', failure: expect.stringContaining(receiver.url) }]);
    const raised = shop.bounds.filter(({ floor }) => floor !== undefined);
    expect(raised[0]?.at).toBeLessThanOrEqual(start - 90_000);
    expect(recorded()).toEqual([]);
    expect(shop.logged.filter(({ message }) => message === 'notices not sent')).toHaveLength(1);
  });
});

test('a Slack channel gets what holds of one sale in one message, and another once that holds', async () => {
  const receiver = await startReceiver(answersWith(200, 'ok'));
  const policy = { approval: { aboveExtraReplicas: 2 } };
  await openSale({ type: 'slack', urlFile: secretFile(receiver.url) }, policy);
  await whenRecorded(2);
  expect(receiver.received.map(({ body }) => JSON.parse(body).text)).toEqual([
    expect.stringMatching(/^\*sneaker-drop\* \(marketplace\)\n• Planned: .*\n• (Needs approval|At risk): /),
  ]);
});

test('a policy without a channel tells nobody, and one that is taken away drops what waits', async () => {
  const receiver = await startReceiver(answersWith(500));
  const operator = await openSale({ type: 'cloudevents', url: receiver.url });
  await receiver.whenReceived(1);
  await shop.patch(stored.policies, 'default', { spec: { notify: null } });
  await operator.tick();
  await expect.poll(() => operator.sight.channels(), { timeout: 30_000 }).toMatchObject([{ waiting: 0 }]);
});
