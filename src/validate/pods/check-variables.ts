import { isFilledIn } from '../../manifests/filled-in.ts';
import { isSameJson } from '../../schema/json-value.ts';
import type { Remark, Rule } from '../finding.ts';
import { containersOf } from './pod-spec.ts';
import { podTemplatesOf } from './pod-templates-of.ts';

const secretName = /(^|_)(password|passwd|secret|token|api_?key|private_?key|secret_?key|access_?key)$/i;

/** Checks the variables of containers: one name twice, of which the last counts, and secrets in plain text. */
export const checkVariables: Rule = {
  code: 'duplicate-variable',
  check: objects =>
    podTemplatesOf(objects).flatMap(({ object, at, spec }) =>
      containersOf(spec).flatMap(({ container: { name: container, env }, path }) =>
        env.flatMap((variable, index): readonly Remark[] => {
          const { name, value } = variable;
          const place = { object, field: [...at, ...path, 'env', index] };
          const first = env.slice(0, index).find(each => each.name === name);
          const isSame = first !== undefined && isSameJson({ ...first }, { ...variable });
          const message = `container ${container} has a second variable ${name}${isSame ? '' : ' with another value'}: only the last counts`;
          return [
            ...(first === undefined
              ? []
              : [{ ...place, severity: isSame ? ('warning' as const) : ('error' as const), message }]),
            ...(isPlainSecret(name, value ?? '')
              ? [
                  {
                    ...place,
                    code: 'plain-secret' as const,
                    severity: 'warning' as const,
                    message: `variable ${name} has its value in plain text: take it from a Secret`,
                  },
                ]
              : []),
          ];
        }),
      ),
    ),
};

/** Whether a value that only a Secret should have is written down: no path of a file, no switch, no number. */
function isPlainSecret(name: string, value: string): boolean {
  return secretName.test(name) && value !== '' && !isFilledIn(value) && !/^(\/|true$|false$|\d+$)/.test(value);
}
