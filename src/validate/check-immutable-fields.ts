import { z } from 'zod';
import { ownValue } from '../api/names/own-value.ts';
import { describeManifest, type ManifestObject } from '../manifests/manifest-object.ts';
import { isSameJson } from '../schema/json-value.ts';
import type { Remark, Rule } from './finding.ts';

const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['selector'],
  StatefulSet: ['selector', 'serviceName', 'podManagementPolicy', 'volumeClaimTemplates'],
  DaemonSet: ['selector'],
};

const specSchema = z.looseObject({ spec: z.record(z.string(), z.unknown()) });

/** Checks fields of workloads that the API server refuses to change: they must be as they were last applied. */
export const checkImmutableFields: Rule = {
  code: 'selector',
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
  return (ownValue(immutable, object.kind) ?? [])
    .filter(field => !isSameJson(ownValue(now, field), ownValue(then, field)))
    .map(field => ({
      object,
      field: ['spec', field],
      message: `spec.${field} differs from ${former.file} but cannot change: the API server would refuse the update`,
    }));
}

function specOf({ value }: ManifestObject): Readonly<Record<string, unknown>> {
  const parsed = specSchema.safeParse(value);
  return parsed.success ? parsed.data.spec : {};
}
