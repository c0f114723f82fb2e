export interface KrewProps {
  readonly version: string;
  /** Where the archive of the plugin is downloaded from. */
  readonly url: string;
  /** SHA-256 of the archive, as hex. */
  readonly sha256: string;
  readonly homepage: string;
}

/**
 * Makes the manifest of the kubectl plugin for krew's index. The plugin is a program for Node; it says which one it needs
 * where there is none that is new enough.
 *
 * @see https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/
 */
export function krewManifest({ version, url, sha256, homepage }: KrewProps) {
  return {
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: 'headstart' },
    spec: {
      version: `v${version}`,
      homepage,
      shortDescription: 'Plan, explain and review raises for flash sales',
      description:
        'Shows what Headstart will raise for an announced flash sale and why,\napproves plans, reports forecast against actual, and puts bounds back.\n',
      caveats: 'Needs Node 22.19 or newer on the PATH.\n',
      platforms: [
        {
          selector: { matchExpressions: [{ key: 'os', operator: 'In', values: ['linux', 'darwin'] }] },
          uri: url,
          sha256,
          files: [{ from: 'package/*', to: '.' }],
          bin: 'dist/js/src/main.js',
        },
      ],
    },
  };
}
