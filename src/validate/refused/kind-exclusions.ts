import { z } from 'zod';
import { amountOf } from '../../api/pods/pod-requests.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import { valuesAt } from '../../manifests/values-at.ts';
import type { RefusedValue } from './refused-value.ts';

const text = z.string().nullish();
const whole = z.number().nullish();

/** The most that a class of one's own may have: above it are those of the system. */
const highestPriority = 1_000_000_000;

/** What each kind's fields exclude, or ask of each other. */
const checks: ReadonlyMap<string, (object: ManifestObject) => readonly RefusedValue[]> = new Map([
  ['PodDisruptionBudget', budgetFaults],
  ['Deployment', progressFaults],
  ['CronJob', cronJobFaults],
  ['Job', object => indexFaults(object, ['spec'])],
  ['Ingress', backendFaults],
  ['PriorityClass', priorityFaults],
  ['LimitRange', rangeFaults],
]);

/** Finds fields of one object that exclude each other, or of which one needs the other. */
export function kindExclusions(object: ManifestObject): readonly RefusedValue[] {
  return checks.get(object.kind)?.(object) ?? [];
}

function budgetFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const stated = [...valuesAt(value, 'spec.minAvailable'), ...valuesAt(value, 'spec.maxUnavailable')];
  if (stated.length < 2) return [];
  return [{ field: ['spec', 'minAvailable'], message: 'has both minAvailable and maxUnavailable: remove one' }];
}

const progressSchema = z.looseObject({
  spec: z.looseObject({ progressDeadlineSeconds: whole, minReadySeconds: whole }),
});

function progressFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const { progressDeadlineSeconds, minReadySeconds } = progressSchema.safeParse(value).data?.spec ?? {};
  const [deadline, ready] = [progressDeadlineSeconds ?? 600, minReadySeconds ?? 0];
  if (ready === 0 || deadline > ready) return [];
  const message = `minReadySeconds ${ready} is not below progressDeadlineSeconds ${deadline}: no rollout could end`;
  return [{ field: ['spec', 'minReadySeconds'], message }];
}

function cronJobFaults(object: ManifestObject): readonly RefusedValue[] {
  const most = 52;
  const isLong = object.name.length > most;
  const message = `the name has ${object.name.length} letters: at most ${most}, since each job adds 11 of its own`;
  return [
    ...(isLong ? [{ field: ['metadata', 'name'], message }] : []),
    ...indexFaults(object, ['spec', 'jobTemplate', 'spec']),
  ];
}

const jobSchema = z.looseObject({ completionMode: text, completions: whole });

function indexFaults({ value }: ManifestObject, at: readonly string[]): readonly RefusedValue[] {
  const job = jobSchema.safeParse(valuesAt(value, at.join('.'))[0]?.value).data;
  if (job?.completionMode !== 'Indexed' || job.completions != null) return [];
  return [{ field: [...at, 'completionMode'], message: 'completionMode Indexed needs completions' }];
}

const portSchema = z.looseObject({ name: z.string().min(1), number: z.number().min(1) });

function backendFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const ports = [
    ...valuesAt(value, 'spec.defaultBackend.service.port'),
    ...valuesAt(value, 'spec.rules[].http.paths[].backend.service.port'),
  ];
  return ports
    .filter(({ value: port }) => portSchema.safeParse(port).success)
    .map(({ field }) => ({ field, message: 'the port has both a name and a number: remove one' }));
}

const prioritySchema = z.looseObject({ value: z.number() });

function priorityFaults({ name, value }: ManifestObject): readonly RefusedValue[] {
  const priority = prioritySchema.safeParse(value).data?.value ?? 0;
  if (priority <= highestPriority || name.startsWith('system-')) return [];
  return [{ field: ['value'], message: `value is ${priority}: it must be at most ${highestPriority}` }];
}

const amounts = z.record(z.string(), z.union([z.string(), z.number()])).nullish();
const rangeSchema = z.looseObject({ min: amounts, max: amounts, default: amounts, defaultRequest: amounts });

/** The amounts of a LimitRange that must not be above another. */
const rising = [
  ['min', 'defaultRequest'],
  ['min', 'default'],
  ['min', 'max'],
  ['defaultRequest', 'default'],
  ['defaultRequest', 'max'],
  ['default', 'max'],
] as const;

function rangeFaults({ value }: ManifestObject): readonly RefusedValue[] {
  return valuesAt(value, 'spec.limits[]').flatMap(({ field, value: stated }) => {
    const range = rangeSchema.safeParse(stated).data ?? {};
    return rising.flatMap(([low, high]) =>
      Object.keys(range[low] ?? {}).flatMap(resource => {
        const [least, most] = [amountOf(range[low], resource), amountOf(range[high], resource)];
        if (least === undefined || most === undefined || least <= most) return [];
        return [{ field: [...field, low, resource], message: `${low} of ${resource} is above ${high}` }];
      }),
    );
  });
}
