import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readFacts } from '../../charts/facts/read-facts.ts';
import { listManifestFiles } from '../../charts/list-manifest-files.ts';
import { synthesize } from '../../charts/synthesize.ts';
import { validateManifests } from '../../src/validate/validate-manifests.ts';
import { fortyServices } from '../support/shops/forty-services.ts';

const options = { image: 'registry.example.com/headstart:1', definitions: [] };
const bookshop = synthesize(readFacts('test/support/shops/java-monolith.yaml'), options);
const grocer = synthesize(fortyServices(), options);
const folderOf = (cluster: string) => new Map([...grocer].filter(([file]) => file.startsWith(`clusters/${cluster}/`)));
const thirdParty = '../shared/third-party-crds';

/** The files that the command reads of a folder. */
function manifestsOf(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].filter(([file]) => file.endsWith('.yaml')));
}

describe.each([
  ['a Java monolith with two services and Datadog', manifestsOf(bookshop)],
  ['forty services with stores outside, in the north', folderOf('north')],
  ['in the south, on an older Kubernetes', folderOf('south')],
  ['in the west', folderOf('west')],
])('%s', (_title, files) => {
  test('has no error in headstart validate', () => {
    const { findings } = validateManifests(files);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  const isThere = existsSync(thirdParty);
  test.skipIf(!isThere)(
    `would be taken by other projects${isThere ? '' : ` (not looked at: ${thirdParty} is absent)`}`,
    () => {
      const definitions = new Map(
        listManifestFiles(thirdParty).map(file => [file, readFileSync(path.join(thirdParty, file), 'utf8')]),
      );
      const { findings, unchecked } = validateManifests(files, { definitions });
      const errors = findings.filter(({ severity }) => severity === 'error');
      expect({ errors, unchecked }).toEqual({ errors: [], unchecked: [] });
    },
  );
});

describe('what a service states of its pods', () => {
  const read = (file: string) => parse(bookshop.get(`live/books/${file}`) ?? '');
  const { spec } = read('deployment.books.yaml').spec.template;
  const [container] = spec.containers;

  test('are variables and arguments, its own beside those of its runtime', () => {
    expect(container.args).toEqual(['--server.port=8080']);
    expect(container.env).toEqual(
      expect.arrayContaining([
        { name: 'JAVA_TOOL_OPTIONS', value: '-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError' },
        { name: 'SPRING_PROFILES_ACTIVE', value: 'cloud' },
        { name: 'LICENCE', valueFrom: { secretKeyRef: { name: 'books-licence', key: 'licence' } } },
      ]),
    );
  });

  test('are volumes, disk, pull secrets, taints and a role', () => {
    expect(container.volumeMounts).toContainEqual({ name: 'work', mountPath: '/work' });
    expect(spec.volumes).toContainEqual({ name: 'work', emptyDir: { sizeLimit: '512Mi' } });
    expect(container.resources.requests['ephemeral-storage']).toBe('1024Mi');
    expect(spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(spec.tolerations).toEqual([{ key: 'dedicated', operator: 'Equal', value: 'java', effect: 'NoSchedule' }]);
    expect(read('serviceaccount.books.yaml').metadata.annotations).toEqual({
      'iam.gke.io/gcp-service-account': 'books@bookshop.example',
    });
  });

  test('are where its demand is read, and what its HPA scales by', () => {
    expect(read('scalingtarget.books.yaml').spec.demand).toEqual({
      source: 'datadog',
      query: 'sum:trace.servlet.request.hits{kube_namespace:bookshop,service:books}.as_rate()',
    });
    expect(read('horizontalpodautoscaler.books.yaml').spec.metrics).toEqual([
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
      {
        type: 'Pods',
        pods: { metric: { name: 'tomcat_busy_threads' }, target: { type: 'AverageValue', averageValue: '120' } },
      },
    ]);
  });
});
