/**
 * Describes an unsupported Node, or returns undefined when it is supported. `version` as in `process.versions.node`.
 */
export function describeUnsupportedNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return undefined;
  return `headstart needs Node 22.19 or newer, this is ${version}: use "npx headstart", which brings its own, or update Node.`;
}
