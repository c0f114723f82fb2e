import { decodeDemand, encodeDemand, noDemand } from './compact-demand.ts';

/** Steps of one chunk, a power of two. */
const chunkSteps = 4096;

/** 20 bits per step: 16 in one array, four in another. */
interface Chunk {
  readonly high: Uint16Array;
  readonly low: Uint8Array;
}

/**
 * Demand by step in 2.5 bytes each, to five significant digits (`encodeDemand`), so that the history of 20,000 targets
 * fits a process. Steps are counted from the epoch; one that was never set has no demand.
 */
export class CompactSamples {
  /** By step ÷ `chunkSteps`. */
  readonly #chunks = new Map<number, Chunk>();

  /** The demand of a step; NaN where there is none. */
  get(step: number): number {
    const chunk = this.#chunks.get(Math.floor(step / chunkSteps));
    return chunk === undefined ? Number.NaN : decodeDemand(read(chunk, offsetOf(step)));
  }

  set(step: number, demand: number): void {
    const index = Math.floor(step / chunkSteps);
    const chunk = this.#chunks.get(index) ?? newChunk();
    this.#chunks.set(index, chunk);
    const code = encodeDemand(demand);
    const at = offsetOf(step);
    chunk.high[at] = code >> 4;
    const pair = chunk.low[at >> 1] ?? 0;
    chunk.low[at >> 1] = at % 2 === 0 ? (pair & 0xf0) | (code & 0xf) : (pair & 0x0f) | ((code & 0xf) << 4);
  }

  has(step: number): boolean {
    const chunk = this.#chunks.get(Math.floor(step / chunkSteps));
    return chunk !== undefined && read(chunk, offsetOf(step)) !== noDemand;
  }

  /** The first step from `from` (inclusive) to `to` (exclusive) that has a demand; undefined when none has. */
  first(from: number, to: number): number | undefined {
    for (let step = from; step < to; step++) if (this.has(step)) return step;
    return undefined;
  }

  /** The last such step. */
  last(from: number, to: number): number | undefined {
    for (let step = to - 1; step >= from; step--) if (this.has(step)) return step;
    return undefined;
  }

  /** The demand of the steps from `from` (inclusive) to `to` (exclusive), NaN where there is none. */
  slice(from: number, to: number): Float64Array<ArrayBuffer> {
    const values = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
    for (let step = from; step < to; ) {
      const index = Math.floor(step / chunkSteps);
      const end = Math.min(to, (index + 1) * chunkSteps);
      const chunk = this.#chunks.get(index);
      if (chunk !== undefined)
        for (let at = step; at < end; at++) values[at - from] = decodeDemand(read(chunk, offsetOf(at)));
      step = end;
    }
    return values;
  }

  /** Drops all steps before `step`. */
  forget(step: number): void {
    const first = Math.floor(step / chunkSteps);
    for (const index of this.#chunks.keys()) if (index < first) this.#chunks.delete(index);
    const chunk = this.#chunks.get(first);
    if (chunk === undefined) return;
    const before = offsetOf(step);
    chunk.high.fill(0, 0, before);
    chunk.low.fill(0, 0, before >> 1);
    if (before % 2 === 1) chunk.low[before >> 1] = (chunk.low[before >> 1] ?? 0) & 0xf0;
  }

  /** Bytes of its arrays. */
  get bytes(): number {
    return this.#chunks.size * chunkSteps * 2.5;
  }
}

function newChunk(): Chunk {
  return { high: new Uint16Array(chunkSteps), low: new Uint8Array(chunkSteps / 2) };
}

function offsetOf(step: number): number {
  return step - Math.floor(step / chunkSteps) * chunkSteps;
}

function read({ high, low }: Chunk, at: number): number {
  const pair = low[at >> 1] ?? 0;
  return ((high[at] ?? 0) << 4) | (at % 2 === 0 ? pair & 0xf : pair >> 4);
}
