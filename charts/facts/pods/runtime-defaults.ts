import type { ServiceFacts } from '../facts-schema.ts';

/**
 * Returns the variables by which a known runtime keeps within its pod's memory; none for a word that is not known.
 *
 *   Java     a heap of 75 % of the memory; the process ends when it is full
 *   Go       a soft limit of 90 % of the memory
 *   Python   logs at once, no compiled files beside the read-only sources
 *   .NET     a heap of 75 % of the memory
 */
export function runtimeDefaults({ runtime, resources }: ServiceFacts): Readonly<Record<string, string>> {
  switch (runtime.toLowerCase().replaceAll(/[^a-z]/g, '')) {
    case 'java':
      return { JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError' };
    case 'go':
    case 'golang':
      return { GOMEMLIMIT: `${Math.floor(0.9 * resources.memoryMebibytes)}MiB` };
    case 'python':
      return { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' };
    case 'net':
    case 'dotnet':
      // The runtime reads the percentage as a hexadecimal number.
      return { DOTNET_GCHeapHardLimitPercent: (75).toString(16).toUpperCase() };
    default:
      return {};
  }
}
