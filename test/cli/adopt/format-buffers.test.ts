import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseScalingTarget } from '../../../src/api/scaling-target.ts';
import { formatBuffers } from '../../../src/cli/adopt/format-buffers.ts';
import { observeBuffer } from '../../../src/observe/capacity/observe-buffer.ts';
import { bufferTrouble } from '../../../src/plan/room/buffer-trouble.ts';
import { scalingTarget } from '../../support/shop/kinds.ts';

test('a CapacityBuffer for each target is as large as its pods, and the operator may use it', () => {
  const target = parseScalingTarget(scalingTarget({}));
  const { workloadRef } = target.spec;
  const objects = parseAllDocuments(formatBuffers([target, target])).map(one => one.toJS());
  expect(objects).toHaveLength(2);
  expect(objects[0].spec).toEqual({
    scalableRef: { apiGroup: 'apps', kind: workloadRef.kind, name: workloadRef.name },
  });
  const observed = observeBuffer(objects[0]);
  expect(observed).toMatchObject({ target: target.metadata.name, scales: workloadRef });
  if (observed === undefined) throw new Error('it is not observed');
  const placeholder = { ...observed, readyReplicas: 0 };
  expect(bufferTrouble({ target, workload: { missing: 'not asked for' } }, [placeholder], undefined)).toBeUndefined();
});
