/** The versions that the parts of a release state. */
export interface PartVersions {
  readonly packageJson: string;
  readonly packageLock: string;
  readonly chart: string;
  readonly chartApp: string;
  /** The image in the installation's manifests, with its tag. */
  readonly image: string;
  readonly krew: string;
}

/**
 * Names each part of a release whose version is not that of package.json. With a tag, which is `v` and the version, the
 * changelog must have a heading for it as well.
 */
export function versionFaults(parts: PartVersions, changelog: string, tag?: string): readonly string[] {
  const { packageJson: version, packageLock, chart, chartApp, image, krew } = parts;
  const stated = [
    ['package-lock.json', packageLock],
    ['the chart', chart],
    ["the chart's appVersion", chartApp],
    ["the image's tag", image.slice(image.lastIndexOf(':') + 1)],
    ['the krew manifest', krew.replace(/^v/, '')],
  ] as const;
  const faults = stated
    .filter(([, found]) => found !== version)
    .map(([part, found]) => `${part} is ${found}, package.json ${version}`);
  if (tag === undefined) return faults;
  const hasHeading = changelog.split('\n').some(line => line === `## ${version}` || line.startsWith(`## ${version} `));
  return [
    ...faults,
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, package.json ${version}: it must be v${version}`]),
    ...(hasHeading ? [] : [`CHANGELOG.md has no heading "## ${version}": rename "## Unreleased"`]),
  ];
}
