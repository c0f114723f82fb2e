import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync, MSTL } from '@bsull/augurs/mstl';

let isReady = false;

/** Forecasts an hourly history by augurs' MSTL with daily and weekly seasons, for comparison. */
export function forecastByMstl(history: readonly number[], hours: number): readonly number[] {
  if (!isReady) load();
  const model = MSTL.ets([24, 168]);
  try {
    model.fit(Float64Array.from(history));
    return Array.from(model.predict(hours).point);
  } finally {
    model.free();
  }
}

function load(): void {
  const wasm = createRequire(import.meta.url)
    .resolve('@bsull/augurs/mstl')
    .replace(/\.js$/, '_bg.wasm');
  initSync({ module: readFileSync(wasm) });
  isReady = true;
}
