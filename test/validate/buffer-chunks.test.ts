import { expect, test } from 'vitest';
import { bufferChunks } from '../../src/validate/buffer-chunks.ts';

test.each([
  ['replicas alone', { replicas: 5 }, 13, { least: 5, most: 5 }],
  ['a percentage that gives whole pods', { percentage: 50 }, 4, { least: 2, most: 2 }],
  ['a percentage that does not', { percentage: 20 }, 13, { least: 2, most: 3 }],
  ['a percentage of less than a pod', { percentage: 10 }, 4, { least: 0, most: 1 }],
  ['both, the percentage smaller', { replicas: 5, percentage: 20 }, 13, { least: 2, most: 5 }],
  ['both, the percentage larger', { replicas: 5, percentage: 20 }, 33, { least: 5, most: 7 }],
  ['both alike', { replicas: 4, percentage: 20 }, 20, { least: 4, most: 4 }],
  ['a workload without replicas', { percentage: 50 }, 0, { least: 0, most: 0 }],
  ['neither', {}, 13, { least: 0, most: 0 }],
])('%s', (_title, size, workloadReplicas, chunks) => {
  expect(bufferChunks(size, workloadReplicas)).toEqual(chunks);
});
