import { describe, expect, test } from 'vitest';
import { fitDemand } from '../../../forecasts/index.ts';
import { isMissing } from '../../../src/api/missing.ts';
import { packForecasts, unpackForecasts } from '../../../src/operator/forecasting/packed-forecasts.ts';
import { packAnswer, transferOf, unpackAnswer } from '../../../src/operator/forecasting/thread-messages.ts';
import { forecastPiece } from '../../../src/plan/demand/forecast-piece.ts';
import { madeUpDemand, monday } from '../../support/demand/made-up-demand.ts';

const hourMs = 3_600_000;
const fittedAt = monday + 14 * 24 * hourMs;
const model = fitDemand(madeUpDemand({ days: 14 }), { now: fittedAt, events: [] });
const sale = { id: 'drop', start: fittedAt + hourMs, end: fittedAt + 3 * hourMs, features: {}, statedPeakRatio: 4 };
const fine = forecastPiece(model, { from: fittedAt, steps: 240, coarseness: 1, events: [sale] });
const coarse = forecastPiece(model, { from: fittedAt, steps: 480, coarseness: 4, events: [sale] });
const missing = { missing: 'the forecast is no finite number' };

/** What arrives in the other thread. */
function send<T>(message: T, transfer: ArrayBuffer[]): T {
  return structuredClone(message, { transfer });
}

describe('forecasts between threads', () => {
  test('arrive as they were sent, with what is missing among them', () => {
    const sent = [fine, missing, coarse];
    const packed = packForecasts(sent);
    const arrived = unpackForecasts(send(packed, [packed.lengths.buffer, packed.values.buffer]));
    expect(arrived).toEqual(sent);
    const [first] = arrived;
    if (first === undefined || isMissing(first)) throw new Error('the first forecast is missing');
    expect(Array.isArray(first.base.point)).toBe(true);
    expect(first.extras[0]?.extra.point).not.toEqual(first.base.point);
  });

  test('have their values transferred, not copied', () => {
    const answer = packAnswer(7, { forecasts: [fine, coarse], fitted: 'Done' });
    expect(JSON.stringify(answer.forecasts).match(/"point":\[\]/g)).toHaveLength(4);
    const buffers = transferOf(answer);
    const arrived = unpackAnswer(send(answer, buffers));
    expect(buffers.map(({ byteLength }) => byteLength)).toEqual([0, 0]);
    expect(arrived).toEqual({ forecasts: [fine, coarse], fitted: 'Done' });
  });

  test.each([{}, { forecasts: missing }, { forecasts: [], dropped: 'other' }])('answer %j as it is', answer => {
    const packed = packAnswer(1, answer);
    expect(unpackAnswer(send(packed, transferOf(packed)))).toEqual(answer);
  });
});
