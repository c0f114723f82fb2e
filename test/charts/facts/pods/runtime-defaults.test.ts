import { expect, test } from 'vitest';
import { runtimeDefaults } from '../../../../charts/facts/pods/runtime-defaults.ts';
import { readOwnFacts } from '../../../../charts/facts/read-facts.ts';

const [some] = readOwnFacts().services;

test.each([
  ['Java', 'JAVA_TOOL_OPTIONS', '-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError'],
  ['Go', 'GOMEMLIMIT', '921MiB'],
  ['python 3', 'PYTHONUNBUFFERED', '1'],
  ['.NET', 'DOTNET_GCHeapHardLimitPercent', '4B'],
  ['PHP 8.4', 'PHP_MEMORY_LIMIT', '128M'],
  ['PHP-FPM', 'PHP_FPM_PM_MAX_CHILDREN', '6'],
  ['Elixir', 'GOMEMLIMIT', undefined],
])('%s with a gibibyte has %s=%s', (runtime, name, value) => {
  if (some === undefined) throw new Error('our facts have no service');
  const resources = { cpuMillicores: 500, memoryMebibytes: 1024 };
  expect(new Map(Object.entries(runtimeDefaults({ ...some, runtime, resources }))).get(name)).toBe(value);
});
