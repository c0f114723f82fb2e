import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../../../charts/install/helm/fill-template.ts';

const object = {
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name: 'a' },
  spec: { list: [{ size: 1, text: 'the {{ $labels.x }} of others' }] },
};

describe('a hole', () => {
  test('is filled at the column of its key, in a list too, and other braces stay', () => {
    const lines = ['size:', '{{- toYaml .Values.size | nindent +2 }}'];
    expect(fillTemplate([object], [{ kind: 'Thing', path: ['spec', 'list', 0, 'size'], lines }])).toBe(`apiVersion: v1
kind: Thing
metadata:
  name: a
spec:
  list:
    - size:
      {{- toYaml .Values.size | nindent 8 }}
      text: the {{ "{{" }} $labels.x }} of others
`);
  });

  test('may be a key that is not there yet', () => {
    const hole = { kind: 'Thing', path: ['spec', 'more'], lines: ['more: {{ .Values.more }}'] };
    expect(fillTemplate([object], [hole])).toContain('\n  more: {{ .Values.more }}\n');
  });

  test.each([
    ['Other', ['spec', 'list', 0, 'size']],
    ['Thing', ['spec', 'lists', 0, 'size']],
  ])('in no object is an error: %s %j', (kind, path) => {
    expect(() => fillTemplate([object], [{ kind, path, lines: [] }])).toThrow(
      /no Other has spec.list.0.size|nothing has 0.size/,
    );
  });
});
