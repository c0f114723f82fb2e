import { describe, expect, test } from 'vitest';
import { type AutoscalerSync, syncAutoscaler } from '../../src/simulate/hpa.ts';
import { emptyMemory } from '../../src/simulate/hpa-behavior.ts';
import type { AutoscalerSpec, MetricReading, PodReading } from '../../src/simulate/hpa-spec.ts';

const now = 10_000_000;
const cpu50: AutoscalerSpec = {
  minReplicas: 2,
  maxReplicas: 100,
  metrics: [{ type: 'Resource', name: 'cpu', averageUtilization: 50 }],
};

function sync(more: Partial<AutoscalerSync> = {}): AutoscalerSync {
  const specReplicas = more.specReplicas ?? 10;
  return {
    now,
    spec: cpu50,
    specReplicas,
    statusReplicas: specReplicas,
    readyPods: specReplicas,
    readings: [cpu(specReplicas, 50)],
    rivals: [],
    memory: emptyMemory,
    ...more,
  };
}

/** `count` settled pods of one core, each using `percent` of it. */
function cpu(count: number, percent: number, more: readonly PodReading[] = []): MetricReading {
  const pods = Array.from({ length: count }, (_, i) => pod(`p${i}`, percent));
  return { type: 'Pods', pods: [...pods, ...more] };
}

function pod(name: string, percent: number, more: Partial<PodReading> = {}): PodReading {
  return {
    name,
    phase: 'Running',
    deleting: false,
    request: 1,
    startedAt: now - 3_600_000,
    ready: { status: true, since: now - 3_500_000 },
    usage: { value: percent / 100, at: now - 5000, windowMs: 15_000 },
    ...more,
  };
}

const starting = (name: string) =>
  pod(name, 0, { startedAt: now - 20_000, ready: { status: false, since: now - 20_000 } });
const pending = (name: string): PodReading => ({
  name,
  phase: 'Pending',
  deleting: false,
  request: 1,
  ready: { status: false, since: now },
});

describe('bounds before metrics', () => {
  test.each([
    { title: 'a raised minimum acts without metrics', specReplicas: 2, min: 8, max: 100, expected: 8 },
    { title: 'a lowered maximum acts without metrics', specReplicas: 20, min: 2, max: 5, expected: 5 },
    { title: 'zero replicas switch the HPA off', specReplicas: 0, min: 8, max: 100, expected: 0 },
    {
      title: 'a lowered minimum changes nothing while metrics are missing',
      specReplicas: 8,
      min: 2,
      max: 9,
      expected: 8,
    },
  ])('$title', ({ specReplicas, min, max, expected }) => {
    const spec = { ...cpu50, minReplicas: min, maxReplicas: max };
    const decision = syncAutoscaler(sync({ spec, specReplicas, readings: [{ missing: 'no metrics' }] }));
    expect(decision.desiredReplicas).toBe(expected);
  });

  test('two HPAs on the same pods do not read metrics, but still force their bounds', () => {
    const rivals = ['shop/a', 'shop/b'];
    const still = syncAutoscaler(sync({ rivals, readings: [cpu(10, 500)] }));
    expect(still.desiredReplicas).toBe(10);
    expect(still.conditions[0]).toMatchObject({ type: 'ScalingActive', status: 'False', reason: 'AmbiguousSelector' });
    expect(syncAutoscaler(sync({ rivals, spec: { ...cpu50, minReplicas: 12 } })).desiredReplicas).toBe(12);
  });

  test('a raised minimum ignores scaleUp behavior', () => {
    const spec = { ...cpu50, minReplicas: 30, behavior: { scaleUp: { selectPolicy: 'Disabled' as const } } };
    expect(syncAutoscaler(sync({ spec })).desiredReplicas).toBe(30);
  });
});

describe('the ratio of usage to target', () => {
  test.each([
    { title: '8 % above: within the tolerance', percent: 54, expected: 10 },
    { title: '12 % above: not any more', percent: 56, expected: 12 },
    { title: '8 % below: within the tolerance', percent: 46, expected: 10 },
    { title: 'half the target: half the replicas', percent: 25, expected: 5 },
    { title: 'tenfold: the pace of one sync', percent: 500, expected: 20 },
  ])('$title', ({ percent, expected }) => {
    const memory = { recommendations: [{ at: now - 400_000, replicas: 10 }], changes: [] };
    expect(syncAutoscaler(sync({ memory, readings: [cpu(10, percent)] })).desiredReplicas).toBe(expected);
  });

  test('a tolerance of its own acts', () => {
    const spec = { ...cpu50, behavior: { scaleUp: { tolerance: 0.05 } } };
    expect(syncAutoscaler(sync({ spec, readings: [cpu(10, 54)] })).desiredReplicas).toBe(11);
  });

  test('an external average counts per pod', () => {
    const spec: AutoscalerSpec = { ...cpu50, metrics: [{ type: 'External', name: 'orders', averageValue: 10 }] };
    const readings: MetricReading[] = [{ type: 'Value', value: 72.5 }];
    expect(syncAutoscaler(sync({ spec, specReplicas: 4, readings })).desiredReplicas).toBe(8);
  });
});

describe('pods that do not count yet', () => {
  test('pods that start are taken for idle on the way up, so one surge is not answered twice', () => {
    const readings = [
      cpu(
        10,
        100,
        Array.from({ length: 10 }, (_, i) => starting(`new${i}`)),
      ),
    ];
    expect(syncAutoscaler(sync({ specReplicas: 20, readings })).desiredReplicas).toBe(20);
  });

  test('pending pods are unready without any metric', () => {
    const readings = [
      cpu(
        10,
        100,
        Array.from({ length: 10 }, (_, i) => pending(`new${i}`)),
      ),
    ];
    expect(syncAutoscaler(sync({ specReplicas: 20, readings })).desiredReplicas).toBe(20);
  });

  test('pods without metrics are taken for busy on the way down', () => {
    const { usage: _, ...unmeasured } = pod('unmeasured', 0);
    const memory = { recommendations: [{ at: now - 400_000, replicas: 3 }], changes: [] };
    const readings = [cpu(2, 10, [unmeasured])];
    expect(syncAutoscaler(sync({ specReplicas: 3, memory, readings })).desiredReplicas).toBe(3);
  });

  test('pods being deleted are nobody', () => {
    const readings = [cpu(10, 50, [pod('going', 900, { deleting: true })])];
    expect(syncAutoscaler(sync({ readings })).desiredReplicas).toBe(10);
  });
});

describe('missing metrics', () => {
  const two: AutoscalerSpec = {
    ...cpu50,
    metrics: [...cpu50.metrics, { type: 'External', name: 'orders', averageValue: 10 }],
  };
  test.each([
    { title: 'may not be used to go down', value: 20, expected: 8 },
    { title: 'do not keep the others from going up', value: 120, expected: 12 },
  ])('$title', ({ value, expected }) => {
    const readings: MetricReading[] = [{ missing: 'no cpu' }, { type: 'Value', value }];
    expect(syncAutoscaler(sync({ spec: two, specReplicas: 8, readings })).desiredReplicas).toBe(expected);
  });

  test('are told in the words of the controller', () => {
    expect(syncAutoscaler(sync({ readings: [{ missing: 'no cpu' }] })).conditions).toEqual([
      expect.objectContaining({ type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric' }),
    ]);
  });
});

describe('pace and windows', () => {
  /** Runs syncs 15 s apart against pods that are ready at once; usage per sync in percent of all present pods. */
  function run(spec: AutoscalerSpec, start: number, loads: readonly number[]): readonly number[] {
    let replicas = start;
    let memory = emptyMemory;
    return loads.map((load, i) => {
      const at = now + i * 15_000;
      const settled = Array.from({ length: replicas }, (_, n) => pod(`p${n}`, load / replicas));
      const decision = syncAutoscaler(
        sync({ now: at, spec, specReplicas: replicas, memory, readings: [{ type: 'Pods', pods: settled }] }),
      );
      memory = decision.memory;
      replicas = decision.desiredReplicas;
      return replicas;
    });
  }

  // Measured on a real 1.36 control plane: 4, 8, 16, 32, 64, 100 at one step per 15 s.
  test('a tenfold load doubles the replicas every sync', () => {
    expect(run(cpu50, 2, [5000, 5000, 5000, 5000, 5000, 5000])).toEqual([4, 8, 16, 32, 64, 100]);
  });

  test('with behavior the default is four pods or double', () => {
    expect(run({ ...cpu50, behavior: {} }, 2, [5000, 5000, 5000])).toEqual([6, 12, 24]);
  });

  test('after a high load nothing goes for 300 s', () => {
    const down = run(cpu50, 20, [1000, ...Array.from({ length: 21 }, () => 100)]);
    expect(down.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 20));
    expect(down.at(-1)).toBe(2);
  });

  test('a minimum that falls after a long low load falls in one step', () => {
    const memory = {
      recommendations: [
        { at: now - 290_000, replicas: 2 },
        { at: now - 5000, replicas: 2 },
      ],
      changes: [],
    };
    expect(syncAutoscaler(sync({ specReplicas: 8, memory, readings: [cpu(8, 5)] })).desiredReplicas).toBe(2);
  });

  // Measured: 8 → 4 → 2 → 1 at 9, 39 and 70 s with 50 % in 30 s and no window.
  test('half in thirty seconds, at most', () => {
    const spec: AutoscalerSpec = {
      ...cpu50,
      minReplicas: 1,
      behavior: {
        scaleDown: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 50, periodSeconds: 30 }] },
      },
    };
    expect(run(spec, 8, [8, 8, 8, 8, 8])).toEqual([4, 4, 2, 2, 1]);
  });

  test('scaleDown Disabled keeps what is there', () => {
    const spec: AutoscalerSpec = {
      ...cpu50,
      behavior: { scaleDown: { stabilizationWindowSeconds: 0, selectPolicy: 'Disabled' } },
    };
    expect(run(spec, 8, [8, 8])).toEqual([8, 8]);
  });

  test('a window upwards waits for the lowest wish in it', () => {
    const spec: AutoscalerSpec = { ...cpu50, behavior: { scaleUp: { stabilizationWindowSeconds: 30 } } };
    expect(run(spec, 10, [500, 5000, 5000, 5000])).toEqual([10, 10, 20, 40]);
  });

  test('inputs stay as they were', () => {
    const given = Object.freeze(
      sync({ memory: Object.freeze({ recommendations: Object.freeze([]), changes: Object.freeze([]) }) }),
    );
    expect(() => syncAutoscaler(given)).not.toThrow();
  });
});
