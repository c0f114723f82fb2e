/**
 * Writes a text as a literal in the query language of a metric store, so that it can never be read as more than a text.
 *
 *   type            text          →  literal
 *   datadog         sneaker-drop     sneaker-drop          a value of a tag; names of objects need no quotes
 *   any other       sneaker-drop     "sneaker-drop"        a string of PromQL
 *
 * @throws RangeError for a text that is no value of a tag, where the store has no quotes
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#string-literals
 */
export function writeLiteral(type: string, text: string): string {
  if (type !== 'datadog') return JSON.stringify(text);
  if (!/^[a-z0-9][-a-z0-9._]*$/.test(text))
    throw new RangeError(`a value of a tag has letters, digits, - . and _, got ${text}`);
  return text;
}
