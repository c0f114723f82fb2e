import { z } from 'zod';
import { isSameJson } from '../schema/json-value.ts';
import type { Remark, Rule } from './finding.ts';
import { describeManifest, type ManifestObject } from './manifest-object.ts';

const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['selector'],
  StatefulSet: ['selector', 'serviceName', 'podManagementPolicy', 'volumeClaimTemplates'],
  DaemonSet: ['selector'],
};

const specSchema = z.looseObject({ spec: z.record(z.string(), z.unknown()) });

/** What the API server refuses to change in a workload that runs already is as it was applied last. */
export const checkImmutableFields: Rule = {
  name: 'selector',
  check: (objects, { before }) => {
    const formerly = new Map(before.map(object => [describeManifest(object), object]));
    return objects.flatMap(object => {
      const former = formerly.get(describeManifest(object));
      return former === undefined || object.apiVersion !== 'apps/v1' ? [] : changedFields(object, former);
    });
  },
};

function changedFields(object: ManifestObject, former: ManifestObject): readonly Remark[] {
  const [now, then] = [specOf(object), specOf(former)];
  return (immutable[object.kind] ?? [])
    .filter(field => !isSameJson(now[field], then[field]))
    .map(field => ({
      object,
      field: ['spec', field],
      message: `spec.${field} differs from ${former.file}, and cannot change: the API server would refuse it`,
    }));
}

function specOf({ value }: ManifestObject): Readonly<Record<string, unknown>> {
  const parsed = specSchema.safeParse(value);
  return parsed.success ? parsed.data.spec : {};
}
