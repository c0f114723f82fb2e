import type { Series } from '../../forecasts/index.ts';
import { ownValue } from '../api/names/own-value.ts';
import { callFactor } from '../learn/calls/call-factor.ts';
import type { TargetObservation } from '../observe/observation.ts';

/** The calls that a target got of one caller, per thousand requests of the caller, and what the caller declares. */
export interface MeasuredCall {
  readonly caller: string;
  readonly perThousandRequests: number;
  readonly declared: number;
}

/**
 * Measures the calls that a target got in [start, end), epoch ms, by the demand at both ends. None where one of its callers
 * was not measured, or it has visitors of its own: nobody knows then whose requests came.
 */
export function measuredCalls(
  { metadata, spec }: TargetObservation['target'],
  {
    targets,
    actuals,
    outlook,
  }: {
    readonly targets: readonly Pick<TargetObservation, 'target'>[];
    readonly actuals: Readonly<Record<string, Series | undefined>>;
    readonly outlook: { readonly start: number; readonly end: number };
  },
): readonly MeasuredCall[] {
  const actual = ownValue(actuals, metadata.name);
  if (actual === undefined || spec.entryPoint) return [];
  const declared = targets.flatMap(({ target }) =>
    target.spec.calls
      .filter(call => call.target === metadata.name && call.perThousandRequests > 0)
      .map(call => ({ caller: target.metadata.name, declared: call.perThousandRequests })),
  );
  const callers = declared.flatMap(({ caller, declared: perThousand }) => {
    const demand = ownValue(actuals, caller);
    return demand === undefined ? [] : [{ demand, perRequest: perThousand / 1000 }];
  });
  if (callers.length < declared.length) return [];
  const factor = callFactor(actual, callers, { from: outlook.start, until: outlook.end });
  if (factor === undefined || factor === 0) return [];
  return declared.map(call => ({ ...call, perThousandRequests: call.declared * factor }));
}
