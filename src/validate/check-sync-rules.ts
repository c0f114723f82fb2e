import type { Remark, Rule } from './finding.ts';
import { objectsOf } from './known-objects.ts';
import { scalingTargetsOf } from './our-objects.ts';

const bounds = ['/spec/minReplicas', '/spec/maxReplicas'];

/** An Argo CD Application of a namespace with targets leaves an HPA's bounds to who raised them, in the diff and in the sync. */
export const checkSyncRules: Rule = {
  name: 'bounds',
  check: objects => {
    const namespaces = new Set(scalingTargetsOf(objects).map(({ object }) => object.namespace));
    return objectsOf(objects, 'Application').flatMap(({ object, spec }): readonly Remark[] => {
      if (!namespaces.has(spec.destination?.namespace ?? '')) return [];
      const rules = (spec.ignoreDifferences ?? []).filter(rule => rule.kind === 'HorizontalPodAutoscaler');
      const ignored = rules.flatMap(rule => rule.jsonPointers ?? []);
      const missing = bounds.filter(pointer => !ignored.includes(pointer) && !ignored.includes('/spec'));
      if (missing.length > 0) {
        const message = `does not ignore ${missing.join(' and ')} of HPAs: each sync would put a raised floor back, where no floor guard stands`;
        return [{ object, field: ['spec', 'ignoreDifferences'], severity: 'warning', message }];
      }
      if (spec.syncPolicy?.syncOptions?.includes('RespectIgnoreDifferences=true') === true) return [];
      const message =
        'ignores the bounds of HPAs in its diff only: a sync writes them without RespectIgnoreDifferences=true';
      return [{ object, field: ['spec', 'syncPolicy'], severity: 'warning', message }];
    });
  },
};
