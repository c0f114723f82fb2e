import { describe, expect, test } from 'vitest';
import { type Crash, crashAtWrite } from '../support/shop/faults/crash-at-write.ts';

/** Writes of the raise; a process that dies at a later one has raised. */
const raising = 6;

/** Every point between two of so many writes, and before the first; the next process starts at once, or after the sale. */
function crashes(writes: number): readonly Crash[] {
  const after = Array.from({ length: writes }, (_, write) => ({ write, when: 'After' }) as const);
  return [
    { write: 0, when: 'Before', restart: 'AtOnce' },
    ...after.map(point => ({ ...point, restart: 'AtOnce' as const })),
    ...after.slice(0, raising).map(point => ({ ...point, restart: 'AfterTheSale' as const })),
  ];
}

describe.each(['HPA', 'Scale'] as const)('a process that dies between any two writes of a sale: %s', scaler => {
  test('has recorded what it raised, and the next one gets to the same end', { timeout: 900_000 }, async () => {
    const reference = await crashAtWrite(scaler);
    expect(reference).toMatchObject({ unkept: [], left: { replicas: 4, finalizers: [], raised: 0 } });
    expect(reference.writes.length).toBeGreaterThan(raising);
    expect(reference.highest).toBeGreaterThan(10);
    for (const crash of crashes(reference.writes.length)) {
      const lived = await crashAtWrite(scaler, crash);
      const point = `${crash.when} ${crash.write}, ${reference.writes[crash.write]}, restarted ${crash.restart}`;
      expect(lived.writes.length, point).toBe(crash.write + 1);
      expect(lived.unkept, point).toEqual([]);
      expect(lived.left, point).toEqual(reference.left);
      expect(lived.changes, point).toBeLessThanOrEqual(reference.changes);
      if (crash.restart === 'AtOnce') expect(lived.highest, point).toBe(reference.highest);
    }
  });
});
