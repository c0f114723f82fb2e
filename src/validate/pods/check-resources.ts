import { z } from 'zod';
import { ownValue } from '../../api/names/own-value.ts';
import { amountOf } from '../../api/pods/pod-requests.ts';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { Remark, Rule } from '../finding.ts';
import { objectsOf } from '../known-objects.ts';
import { containersOf } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/** Checks that no container may use less than it requests, and that what an HPA divides by is requested. */
export const checkResources: Rule = {
  code: 'limit-below-request',
  check: objects => [...lowLimits(objects), ...unrequested(objects)],
};

function lowLimits(objects: readonly ManifestObject[]): readonly Remark[] {
  return podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
    containersOf(spec).flatMap(({ container: { name, resources }, path }) =>
      Object.keys(resources?.limits ?? {}).flatMap(resource => {
        const limit = amountOf(resources?.limits, resource);
        const request = amountOf(resources?.requests, resource);
        if (limit === undefined || request === undefined || request <= limit) return [];
        const stated = `limit ${ownValue(resources?.limits ?? {}, resource)} of ${resource}`;
        const message = `container ${name}: ${stated} is below its request ${ownValue(resources?.requests ?? {}, resource)}; the API server refuses it`;
        return [{ object, field: [...at, ...path, 'resources', 'limits', resource], message }];
      }),
    ),
  );
}

const metricsSchema = z.looseObject({
  spec: z.looseObject({
    metrics: z.array(
      z.looseObject({
        resource: z
          .looseObject({ name: z.string(), target: z.looseObject({ averageUtilization: z.number().nullish() }) })
          .nullish(),
        containerResource: z
          .looseObject({
            name: z.string(),
            container: z.string(),
            target: z.looseObject({ averageUtilization: z.number().nullish() }),
          })
          .nullish(),
      }),
    ),
  }),
});

/** HPAs with a target in percent of a request that a container, and its namespace's LimitRange, leave out. */
function unrequested(objects: readonly ManifestObject[]): readonly Remark[] {
  return objectsOf(objects, 'HorizontalPodAutoscaler').flatMap(({ object, spec: { scaleTargetRef } }) => {
    const metrics = metricsSchema.safeParse(object.value).data?.spec.metrics ?? [];
    const workloads = podTemplatesOf(objects).filter(
      each =>
        each.object.namespace === object.namespace &&
        each.object.kind === scaleTargetRef.kind &&
        each.object.name === scaleTargetRef.name,
    );
    return metrics.flatMap((metric, index) => {
      const asked = metric.resource ?? metric.containerResource;
      if (asked?.target.averageUtilization == null || hasDefault(objects, object.namespace, asked.name)) return [];
      const only = metric.containerResource?.container;
      const stranger = workloads.find(
        ({ spec }) => only !== undefined && !containersOf(spec).some(({ container }) => container.name === only),
      );
      if (stranger !== undefined) {
        const message = `scales by container ${only}, which ${scaleTargetRef.name} does not have: the HPA can compute nothing`;
        return [{ code: 'no-request' as const, object, field: ['spec', 'metrics', index], message }];
      }
      const missing = workloads.flatMap(({ spec }) => {
        if (amountOf(spec.resources?.requests, asked.name) !== undefined) return [];
        const running = [...spec.containers, ...spec.initContainers.filter(each => each.restartPolicy === 'Always')];
        return running
          .filter(({ name, resources }) => {
            const stated = amountOf(resources?.requests, asked.name) ?? amountOf(resources?.limits, asked.name);
            return (only === undefined || name === only) && stated === undefined;
          })
          .map(({ name }) => name);
      });
      if (missing.length === 0) return [];
      const message = `scales by the utilization of ${asked.name}, but container ${missing.join(' and ')} of ${scaleTargetRef.name} requests none: the HPA can compute nothing`;
      return [{ code: 'no-request' as const, object, field: ['spec', 'metrics', index], message }];
    });
  });
}

function hasDefault(objects: readonly ManifestObject[], namespace: string, resource: string): boolean {
  return objectsOf(objects, 'LimitRange').some(
    ({ object, spec }) =>
      object.namespace === namespace &&
      spec.limits.some(
        each =>
          each.type === 'Container' &&
          [each.defaultRequest, each.default].some(amounts => amountOf(amounts, resource) !== undefined),
      ),
  );
}
