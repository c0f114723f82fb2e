import { scalingTargetsOf } from '../../manifests/our-objects.ts';
import type { Remark, Rule } from '../finding.ts';
import { objectsOf } from '../known-objects.ts';
import { containersOf } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

/**
 * Checks that each image has a tag other than `latest`, or a digest. It is an error where an HPA or a ScalingTarget
 * scales the workload: the pods of a raise may run other code than those before.
 */
export const checkImages: Rule = {
  code: 'latest-tag',
  check: objects => {
    const scaled = new Set([
      ...objectsOf(objects, 'HorizontalPodAutoscaler').map(({ object, spec: { scaleTargetRef } }) =>
        keyOf(object.namespace, scaleTargetRef),
      ),
      ...scalingTargetsOf(objects).map(({ object, target }) => keyOf(object.namespace, target.spec.workloadRef)),
    ]);
    return podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      containersOf(spec).flatMap(({ container: { image }, path }): readonly Remark[] => {
        if (image == null || image === '' || !floats(image)) return [];
        const isScaled = scaled.has(keyOf(object.namespace, object));
        const harm = isScaled
          ? 'new pods of a raise may run other code than those before'
          : 'what runs changes without a deploy';
        const message = `image ${image} has no fixed tag: ${harm}; name a version`;
        return [{ object, field: [...at, ...path, 'image'], severity: isScaled ? 'error' : 'warning', message }];
      }),
    );
  },
};

/** Whether an image's name leads to whatever was pushed last; text that a tool fills in is left alone. */
function floats(image: string): boolean {
  if (image.includes('@') || image.includes('$')) return false;
  const [, tag] = image.slice(image.lastIndexOf('/') + 1).split(':');
  return tag === undefined || tag === 'latest';
}

function keyOf(namespace: string, { kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${namespace}/${kind}/${name}`;
}
