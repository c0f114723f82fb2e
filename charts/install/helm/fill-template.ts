import { Yaml } from 'cdk8s';
import type { ManifestObject } from '../../manifest-chart.ts';
import { ownFact } from '../../own-fact.ts';

/** A place of an object that the chart's values fill. */
export interface TemplateHole {
  readonly kind: string;
  /** Keys and indexes from the object to the value; the last is a key, which may be new. */
  readonly path: readonly (string | number)[];
  /**
   * The lines of the template in place of the key and its value, as they stand without indentation; `nindent +2` is two
   * columns more than the key's.
   */
  readonly lines: readonly string[];
}

/**
 * Makes a file of Helm templates of objects. Braces that are not Helm's, such as those of alerts, stay as they are in
 * what is rendered.
 *
 * @throws Error when no object has the place of a hole
 */
export function fillTemplate(objects: readonly ManifestObject[], holes: readonly TemplateHole[]): string {
  const marked = holes.reduce(
    (before, { kind, path }, index) => {
      if (!before.some(object => object.kind === kind)) throw new Error(`no ${kind} has ${path.join('.')}`);
      return before.map(object => (object.kind === kind ? markPlace(object, path, markOf(index)) : object));
    },
    objects.map((object): MarkedObject => ({ ...object })),
  );
  const text = Yaml.stringify(...marked).replaceAll('{{', '{{ "{{" }}');
  return holes.reduce((written, hole, index) => fillHole(written, markOf(index), hole.lines), text);
}

interface MarkedObject {
  readonly kind: string;
  readonly [field: string]: unknown;
}

function markPlace(object: MarkedObject, path: TemplateHole['path'], mark: string): MarkedObject {
  return { ...object, ...(withMark(object, path, mark) as object) };
}

/** Copies a value with a mark in place of what is at a path; the last key of the path may be new. */
function withMark(value: unknown, path: TemplateHole['path'], mark: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return mark;
  if (typeof value !== 'object' || value === null) throw new Error(`nothing has ${path.join('.')}`);
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? withMark(each, rest, mark) : each));
  const inside = ownFact(value as Readonly<Record<string, unknown>>, String(key));
  return Object.fromEntries([...Object.entries(value), [key, withMark(inside, rest, mark)]]);
}

/** Replaces each line whose value is the mark; an item of a list keeps its dash. */
function fillHole(text: string, mark: string, lines: readonly string[]): string {
  return text.replaceAll(new RegExp(`^( *)(- )?[^ ]+: ${mark}$`, 'gm'), (_, spaces: string, dash: string = '') => {
    const column = spaces.length + dash.length;
    return lines
      .map((line, index) => `${index === 0 ? spaces + dash : ' '.repeat(column)}${line}`)
      .join('\n')
      .replaceAll(/nindent \+(\d+)/g, (_found, more: string) => `nindent ${column + Number(more)}`);
  });
}

function markOf(index: number): string {
  return `HOLE-${index}-OF-TEMPLATE`;
}
