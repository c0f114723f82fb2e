/** A made-up thing that is added to a copy of the sources, following one row of "Where to add". */
export interface Addition {
  /** First cell of the row. */
  readonly row: string;
  /** The new file, where the row asks for one. */
  readonly file?: { readonly path: string; readonly text: string };
  readonly insertions: readonly Insertion[];
}

/** Text that goes into a file before each match of `before`. */
export interface Insertion {
  readonly file: string;
  readonly before: RegExp;
  readonly text: string;
}

const firstImport = /^import/;

const command: Addition = {
  row: 'a command',
  file: {
    path: 'src/cli/made-up.ts',
    text: `import type { Command } from 'commander';

export function registerMadeUp(program: Command): void {
  program.command('made-up').action(() => {
    process.stdout.write('made up, and found\\n');
  });
}
`,
  },
  insertions: [
    { file: 'src/cli/program.ts', before: firstImport, text: "import { registerMadeUp } from './made-up.ts';\n" },
    { file: 'src/cli/program.ts', before: /^ {2}registerPlan\(/m, text: '  registerMadeUp(program);\n' },
  ],
};

const members = 'forecasts/ensemble/members/ensemble-members.ts';
const member: Addition = {
  row: 'a model that the operator will use',
  file: {
    path: 'forecasts/ensemble/members/made-up-point.ts',
    text: `import type { PointModel } from '../point-model.ts';

export const madeUpPoint: PointModel = {
  name: 'made up',
  fit: () => known => (origin, steps) => new Float64Array(steps).fill(known[origin - 2] ?? 0),
};
`,
  },
  insertions: [
    { file: members, before: firstImport, text: "import { madeUpPoint } from './made-up-point.ts';\n" },
    { file: members, before: /^ {2}\[residualRidge\]/m, text: '  [madeUpPoint],\n' },
  ],
};

const benchmarks = 'forecasts/models/benchmark-models.ts';
const benchmarkModel: Addition = {
  row: 'a model to compare forecasts with',
  file: {
    path: 'forecasts/models/made-up.ts',
    text: `import type { Model } from '../model.ts';
import { lastValue } from './last-value.ts';

export const madeUp: Model = { name: 'made-up', fit: (history, context) => lastValue.fit(history, context) };
`,
  },
  insertions: [
    { file: benchmarks, before: firstImport, text: "import { madeUp } from './made-up.ts';\n" },
    { file: benchmarks, before: /(?<=Model\[\] = \[)/, text: 'madeUp, ' },
  ],
};

const service: Addition = {
  row: 'a service of the marketplace',
  insertions: [
    {
      file: 'charts/facts/services.ts',
      before: /^\]\);/m,
      text: `  {
    name: 'made-up',
    summary: 'Made up.',
    owner: 'nobody',
    runtime: 'Rust',
    tier: 'Background',
    ports: [http],
    capacity: { requestsPerSecond: '10', loadTest: 'none' },
    objective: { p95Milliseconds: 200 },
    resources: { cpuMillicores: 100, memoryMebibytes: 128 },
    startupSeconds: 5,
    baseline: { minReplicas: 2, maxReplicas: 4 },
    ceiling: 8,
  },
`,
    },
    {
      file: 'charts/facts/images.yaml',
      before: /^ {2}gateway:/gm,
      text: '  made-up: registry.example.com/made-up:1.0.0\n',
    },
  ],
};

const conditions = 'src/plan/conditions/target-conditions.ts';
const condition: Addition = {
  row: 'a condition',
  file: {
    path: 'src/plan/conditions/made-up-condition.ts',
    text: `import type { ConditionUpdate } from '../../api/condition.ts';
import { condition } from '../condition.ts';

export function madeUpCondition(): ConditionUpdate {
  return condition('MadeUp', 'True', 'InventedHere', 'It is made up.');
}
`,
  },
  insertions: [
    { file: conditions, before: firstImport, text: "import { madeUpCondition } from './made-up-condition.ts';\n" },
    { file: conditions, before: /^ {4}accepted\(desired/m, text: '    madeUpCondition(),\n' },
    {
      file: 'src/api/conditions/target-condition-entries.ts',
      before: /^ {2}DemandAvailable: /m,
      text: `  MadeUp: {
    question: 'Is it made up?',
    good: 'True',
    event: 'None',
    reasons: { ScalingTarget: { True: ['InventedHere'] } },
  },
`,
    },
    {
      file: 'src/api/conditions/condition-reasons.ts',
      before: /^ {2}Accepted: /m,
      text: "  InventedHere: 'It was invented here.',\n",
    },
  ],
};

const chain = 'src/plan/floor/replicas/replica-chain.ts';
const planningRule: Addition = {
  row: 'a planning rule',
  file: {
    path: 'src/plan/floor/replicas/add-spare.ts',
    text: `import { mapReplicas, type ReplicaRule, type ReplicaStep } from './replica-rule.ts';

export const addSpare: ReplicaRule = (numbers, context) =>
  mapReplicas(numbers, context, before => {
    const replicas = before.replicas + 1;
    const step: ReplicaStep = { rule: 'spare', value: replicas, unit: 'replicas', message: () => 'one to spare' };
    return { ...before, replicas, steps: [...before.steps, step] };
  });
`,
  },
  insertions: [
    { file: chain, before: firstImport, text: "import { addSpare } from './add-spare.ts';\n" },
    { file: chain, before: /^ {2}\.\.\.replicaCuts,/m, text: '  addSpare,\n' },
    {
      file: 'src/api/planning-rules.ts',
      before: /^ {2}limit: /m,
      text: "  spare: { inSalePlan: true, decides: false, meaning: 'One replica more.' },\n",
    },
  ],
};

/** One of each, by the rows of the page. */
export const additions: readonly Addition[] = [command, member, benchmarkModel, service, condition, planningRule];
