import { z } from 'zod';
import type { ManifestObject } from '../../manifests/manifest-object.ts';
import type { RefusedValue } from './refused-value.ts';

const direction = z
  .looseObject({
    stabilizationWindowSeconds: z.number().nullish(),
    policies: z.array(z.looseObject({ periodSeconds: z.number(), value: z.number() })).nullish(),
  })
  .nullish();
const autoscalerSchema = z.looseObject({
  apiVersion: z.literal('autoscaling/v2'),
  kind: z.literal('HorizontalPodAutoscaler'),
  spec: z.looseObject({ behavior: z.looseObject({ scaleUp: direction, scaleDown: direction }) }),
});

/** The most seconds that the API server takes. */
const most = { period: 1800, window: 3600 } as const;

/** Finds times in the behavior of an HPA that are longer than it can look back. */
export function scalingFaults({ value }: ManifestObject): readonly RefusedValue[] {
  const behavior = autoscalerSchema.safeParse(value).data?.spec.behavior;
  return (['scaleUp', 'scaleDown'] as const).flatMap((way): readonly RefusedValue[] => {
    const { stabilizationWindowSeconds: window, policies } = behavior?.[way] ?? {};
    const at = ['spec', 'behavior', way];
    return [
      ...(window != null && window > most.window
        ? [
            {
              field: [...at, 'stabilizationWindowSeconds'],
              message: `stabilizationWindowSeconds ${window} of ${way}: at most ${most.window}`,
            },
          ]
        : []),
      ...(policies ?? []).flatMap(({ periodSeconds, value: step }, index) => [
        ...(periodSeconds < 1 || periodSeconds > most.period
          ? [
              {
                field: [...at, 'policies', index, 'periodSeconds'],
                message: `periodSeconds ${periodSeconds} of ${way}: from 1 to ${most.period}`,
              },
            ]
          : []),
        ...(step < 1
          ? [{ field: [...at, 'policies', index, 'value'], message: `value ${step} of ${way}: at least 1` }]
          : []),
      ]),
    ];
  });
}
