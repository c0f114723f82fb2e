import { z } from 'zod';
import type { ManifestObject } from '../manifests/manifest-object.ts';
import { scalingTargetsOf } from '../manifests/our-objects.ts';
import type { Remark, Rule } from './finding.ts';

const annotated = z.looseObject({
  metadata: z.looseObject({
    annotations: z
      .looseObject({ 'headstart.dev/offers': z.string().optional(), 'headstart.dev/calls': z.string().optional() })
      .optional(),
  }),
});

/**
 * Checks that every called protocol and API version is offered, where ScalingTargets state both:
 *
 *   headstart.dev/offers: http/v1 http/v2
 *   headstart.dev/calls: payments=http/v1 inventory=grpc/v1
 */
export const checkCallVersions: Rule = {
  code: 'call-graph',
  check: objects => [...Map.groupBy(objects, object => object.namespace).values()].flatMap(checkNamespace),
};

function checkNamespace(objects: readonly ManifestObject[]): readonly Remark[] {
  const targets = scalingTargetsOf(objects);
  const offers = new Map(targets.map(({ object }) => [object.name, wordsOf(object, 'headstart.dev/offers')]));
  return targets.flatMap(({ object, target }) => {
    const called = target.spec.calls.map(call => call.target);
    return (wordsOf(object, 'headstart.dev/calls') ?? []).flatMap(word => {
      const [, callee = '', wanted = ''] = /^([^=]+)=(.+\/.+)$/.exec(word) ?? [];
      const message =
        callee === ''
          ? `call "${word}" is not written as <target>=<protocol>/<version>`
          : called.includes(callee)
            ? notOffered(callee, wanted, offers.get(callee))
            : `states how it calls ${callee}, which is not among spec.calls`;
      return message === undefined
        ? []
        : [{ object, field: ['metadata', 'annotations', 'headstart.dev/calls'], message }];
    });
  });
}

/** Returns what is wrong with a call; a call to a service that states no offers passes. */
function notOffered(callee: string, wanted: string, offered: readonly string[] | undefined): string | undefined {
  if (offered === undefined || offered.includes(wanted)) return undefined;
  return `calls ${callee} over ${wanted}, which it does not offer; it offers ${offered.join(', ')}`;
}

function wordsOf(
  { value }: ManifestObject,
  annotation: 'headstart.dev/offers' | 'headstart.dev/calls',
): readonly string[] | undefined {
  const parsed = annotated.safeParse(value);
  const text = parsed.success ? parsed.data.metadata.annotations?.[annotation] : undefined;
  return text?.split(/[\s,]+/).filter(word => word !== '');
}
