import { ownValue } from '../../api/names/own-value.ts';

type Labels = Readonly<Record<string, string>>;

/** Selector of an object's spec, as Kubernetes writes it. */
export interface SelectorObject {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** Formats a selector as the scale subresource does: `app=web,tier in (a,b),!canary`. Empty when it selects nothing. */
export function formatSelector({ matchLabels = {}, matchExpressions = [] }: SelectorObject = {}): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...labels, ...expressions].join(',');
}

/** Returns whether labels meet a requirement. */
type Requirement = (labels: Labels) => boolean;

/**
 * Parses a selector as the scale subresource states it. An empty one, and one that cannot be read, selects nothing.
 *
 *   requirement        →  labels that meet it
 *   key=value, key==v     the key with the value
 *   key!=value            all others, those without the key too
 *   key in (a,b)          the key with one of the values
 *   key notin (a,b)       all others, those without the key too
 *   key                   the key
 *   !key                  all without the key
 */
export function parseSelector(selector: string): Requirement {
  const parts = selector.match(/[^,(]+(\([^)]*\))?/g) ?? [];
  const requirements = parts.map(part => parseRequirement(part.trim()));
  if (requirements.length === 0 || requirements.includes(undefined)) return () => false;
  return labels => requirements.every(meets => meets?.(labels) === true);
}

function parseRequirement(text: string): Requirement | undefined {
  const set = /^(\S+) +(in|notin) +\(([^)]*)\)$/.exec(text);
  if (set !== null) {
    const [, key = '', operator, list = ''] = set;
    const values = new Set(list.split(',').map(value => value.trim()));
    const isIn = (labels: Labels) => values.has(ownValue(labels, key) ?? '') && ownValue(labels, key) !== undefined;
    return operator === 'in' ? isIn : labels => !isIn(labels);
  }
  const equal = /^([^\s=!]+) *(!=|==?) *(\S*)$/.exec(text);
  if (equal !== null) {
    const [, key = '', operator, value] = equal;
    const isEqual = (labels: Labels) => ownValue(labels, key) === value;
    return operator === '!=' ? labels => !isEqual(labels) : isEqual;
  }
  const bare = /^(!?)([^\s=!()]+)$/.exec(text);
  if (bare === null) return undefined;
  const [, not, key = ''] = bare;
  return labels => (ownValue(labels, key) === undefined) === (not === '!');
}
