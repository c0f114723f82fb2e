import { expect } from 'vitest';
import { openReceiver } from '../../support/notify/receiver.ts';
import { until } from './kubernetes-client.ts';

/** A channel of CloudEvents on loopback, and what it was told. */
export interface ToldChannel {
  /** `channels` of the operator's settings. */
  readonly settings: object;
  /** Waits until the end of a sale was told, and expects that its plan was, and each notice once. */
  expectWholeSale(): Promise<void>;
  close(): void;
}

/** Opens the channel `shop`. */
export async function openToldChannel(): Promise<ToldChannel> {
  const receiver = await openReceiver();
  const told = () => receiver.received.map(({ body }) => JSON.parse(body) as { id: string; type: string });
  return {
    settings: { shop: { type: 'cloudevents', url: receiver.url } },
    async expectWholeSale() {
      const types = await until(
        'the end was told',
        60_000,
        async () => told().map(({ type }) => type),
        all => all.includes('dev.headstart.sale.ended'),
      );
      expect(types).toContain('dev.headstart.sale.planned');
      const ids = told().map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
      expect(receiver.received[0]?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    },
    close: receiver.close,
  };
}
