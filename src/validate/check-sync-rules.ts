import { scalingTargetsOf } from '../manifests/our-objects.ts';
import type { Remark, Rule } from './finding.ts';
import { objectsOf } from './known-objects.ts';

const bounds = ['/spec/minReplicas', '/spec/maxReplicas'];

/**
 * Checks that an Argo CD Application of a namespace with targets ignores the bounds of HPAs, in its diff and in its
 * sync.
 */
export const checkSyncRules: Rule = {
  code: 'bounds',
  check: objects => {
    const namespaces = new Set(scalingTargetsOf(objects).map(({ object }) => object.namespace));
    return objectsOf(objects, 'Application').flatMap(({ object, spec }): readonly Remark[] => {
      if (!namespaces.has(spec.destination?.namespace ?? '')) return [];
      const rules = (spec.ignoreDifferences ?? []).filter(rule => rule.kind === 'HorizontalPodAutoscaler');
      const ignored = rules.flatMap(rule => rule.jsonPointers ?? []);
      const missing = bounds.filter(pointer => !ignored.includes(pointer) && !ignored.includes('/spec'));
      if (missing.length > 0) {
        const message = `does not ignore ${missing.join(' and ')} of HPAs: without a floor guard, each sync would undo a raised floor`;
        return [{ object, field: ['spec', 'ignoreDifferences'], severity: 'warning', message }];
      }
      if (spec.syncPolicy?.syncOptions?.includes('RespectIgnoreDifferences=true') === true) return [];
      const message =
        'ignores the bounds of HPAs only in its diff: add the sync option RespectIgnoreDifferences=true, or a sync writes them';
      return [{ object, field: ['spec', 'syncPolicy'], severity: 'warning', message }];
    });
  },
};
