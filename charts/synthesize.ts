import { App, Yaml } from 'cdk8s';
import { labelsOf } from './constructs/labels.ts';
import { Operator } from './constructs/operator.ts';
import { Service } from './constructs/service.ts';
import type { EnvironmentFacts, Facts } from './facts/facts-schema.ts';
import { sizeEnvironment } from './facts/size-environment.ts';
import { ManifestChart } from './manifest-chart.ts';

/** Path below the output folder → text. Sorted, and the same for the same facts, byte for byte. */
export type ManifestFiles = ReadonlyMap<string, string>;

export interface SynthesisOptions {
  /** The operator's image. */
  readonly image: string;
  /** The CRDs as reviewed in crds/, each a YAML document. */
  readonly definitions: readonly string[];
}

/** Every manifest of every environment, one object a file, beside the operator's install.yaml and crds.yaml. */
export function synthesize(facts: Facts, options: SynthesisOptions): ManifestFiles {
  const files = new Map([
    ['crds.yaml', options.definitions.join('---\n')],
    ['install.yaml', Yaml.stringify(...operatorObjects(options.image))],
    ...facts.environments.flatMap(environment => environmentFiles(environment, facts)),
  ]);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function operatorObjects(image: string): readonly unknown[] {
  const chart = new ManifestChart(new App(), 'operator', {
    namespace: 'headstart-system',
    labels: { 'app.kubernetes.io/part-of': 'headstart' },
  });
  new Operator(chart, 'operator', { image });
  return chart.objects();
}

function environmentFiles(environment: EnvironmentFacts, facts: Facts): readonly (readonly [string, string])[] {
  const { name, namespace } = environment;
  return sizeEnvironment(environment, facts).flatMap(service => {
    const chart = new ManifestChart(new App(), service.facts.name, { namespace, labels: labelsOf(service) });
    new Service(chart, 'service', service);
    return filesOf(`${name}/${service.facts.name}`, chart);
  });
}

/** `<folder>/<kind>.<name>.yaml` for each object of a chart. */
function filesOf(folder: string, chart: ManifestChart): readonly (readonly [string, string])[] {
  return chart.objects().map(object => {
    const { kind, metadata } = object;
    return [`${folder}/${kind.toLowerCase()}.${metadata.name}.yaml`, Yaml.stringify(object)];
  });
}
