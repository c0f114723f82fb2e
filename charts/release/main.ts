import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { readDefinitions } from '../definitions.ts';
import { factsSchema } from '../facts/facts-schema.ts';
import { ownImage, ownVersion } from '../operator-image.ts';
import { buildRelease } from './build-release.ts';
import { versionFaults } from './version-faults.ts';

const help = `Builds what a release attaches, and checks that its parts agree.

npm run release:check -- [options]
  --tag TAG        the tag of the release; it and the changelog must agree with package.json
  --image IMAGE    the image that the manifests name (default: ${ownImage()})
  --homepage URL   the project's page on its forge (default: https://github.com/headstart-dev/headstart)
  --out DIR        where the assets are written; made anew (default: dist/release)
`;

process.exitCode = run(process.argv.slice(2));

/** Builds and checks a release. Returns the exit code: 0 all agree, 1 something does not, or cannot be built. */
function run(argv: readonly string[]): number {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        tag: { type: 'string' },
        image: { type: 'string', default: ownImage() },
        homepage: { type: 'string', default: 'https://github.com/headstart-dev/headstart' },
        out: { type: 'string', default: 'dist/release' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return print(help, 0);
    const root = path.join(import.meta.dirname, '..', '..');
    const { image, homepage, out } = values;
    const runbookUrl = factsSchema.shape.runbookUrl.parse(undefined);
    const pageUrl = factsSchema.shape.pageUrl.parse(undefined);
    const definitions = readDefinitions();
    const assets = buildRelease({
      root,
      out,
      version: ownVersion(),
      image,
      runbookUrl,
      pageUrl,
      homepage,
      definitions,
    });
    const faults = versionFaults(
      versionsIn(root, out),
      readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'),
      values.tag,
    );
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return print(assets.map(asset => `${path.join(out, asset)}\n`).join(''), 0);
  } catch (error) {
    process.stderr.write(`release:check: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** Reads the versions from what was built, not from what it was built from. */
function versionsIn(root: string, out: string) {
  const version = ownVersion();
  const lock: { version: string } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const chartFile = ['-xzOf', path.join(out, `headstart-${version}.tgz`), 'headstart/Chart.yaml'];
  const chart = parse(execFileSync('tar', chartFile, { encoding: 'utf8' }));
  const image = /image: (\S+)/.exec(readFileSync(path.join(out, 'install.yaml'), 'utf8'))?.[1] ?? '';
  const krew = parse(readFileSync(path.join(out, 'headstart.yaml'), 'utf8'));
  return {
    packageJson: version,
    packageLock: lock.version,
    chart: String(chart.version),
    chartApp: String(chart.appVersion),
    image,
    krew: String(krew.spec.version),
  };
}

function print(text: string, exitCode: number): number {
  process.stdout.write(text);
  return exitCode;
}
