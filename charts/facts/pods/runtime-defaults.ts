import type { ServiceFacts } from '../facts-schema.ts';

/** What PHP itself allows a request by default. */
const phpWorkerMebibytes = 128;

/**
 * Returns the variables by which a known runtime keeps within its pod's memory; none for a word that is not known.
 *
 *   Java     a heap of 75 % of the memory; the process ends when it is full
 *   Go       a soft limit of 90 % of the memory
 *   Python   logs at once, no compiled files beside the read-only sources
 *   .NET     a heap of 75 % of the memory
 *   PHP      as many workers of 128 MiB as 75 % of the memory holds; read by the images of serversideup and wodby, and by
 *            an ini file that says `memory_limit = ${PHP_MEMORY_LIMIT}`
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
    case 'php':
    case 'phpfpm':
      return {
        PHP_MEMORY_LIMIT: `${phpWorkerMebibytes}M`,
        PHP_FPM_PM_MAX_CHILDREN: String(
          Math.max(1, Math.floor((0.75 * resources.memoryMebibytes) / phpWorkerMebibytes)),
        ),
      };
    default:
      return {};
  }
}
