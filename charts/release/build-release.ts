import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Yaml } from 'cdk8s';
import { installFiles } from '../install/install-files.ts';
import { writeManifests } from '../write-manifests.ts';
import { krewManifest } from './krew-manifest.ts';
import { publishedPackage } from './published-package.ts';

export interface ReleaseProps {
  /** The clone that is released, built by `npm run prepare`. */
  readonly root: string;
  /** Folder of the assets; made anew. */
  readonly out: string;
  readonly version: string;
  readonly image: string;
  readonly runbookUrl: string;
  readonly pageUrl: string;
  /** The URL of the project's page on its forge. */
  readonly homepage: string;
  /** The CRDs by their file names. */
  readonly definitions: ReadonlyMap<string, string>;
}

/**
 * Builds everything that a release attaches, without network: manifests, the packaged chart, the npm package, the
 * plugin's krew manifest, the bill of materials, and checksums of all of them. Returns the names of the assets.
 *
 * @throws Error when the clone is not built, or a tool fails
 */
export function buildRelease(props: ReleaseProps): readonly string[] {
  const { root, out, version, homepage } = props;
  if (!existsSync(path.join(root, 'dist/js/src/main.js'))) throw new Error('the clone is not built: npm run prepare');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const work = mkdtempSync(path.join(tmpdir(), 'headstart-release-'));
  try {
    const files = installFiles(props);
    writeManifests(work, files);
    for (const file of ['crds.yaml', 'monitoring.yaml', 'install.yaml'])
      writeFileSync(path.join(out, file), manifestOf(file, files));
    archive(path.join(out, `headstart-${version}.tgz`), path.join(work, 'helm'), 'headstart');
    archive(path.join(out, `headstart-kustomize-${version}.tar.gz`), work, 'kustomize');
    packPackage(root, work, out);
    writeFileSync(path.join(out, 'sbom.cdx.json'), billOfMaterials(root, work));
    const plugin = `kubectl-headstart-${version}.tar.gz`;
    archivePlugin(path.join(out, plugin), { root, work });
    const url = `${homepage}/releases/download/v${version}/${plugin}`;
    const krew = krewManifest({ version, url, sha256: sha256Of(path.join(out, plugin)), homepage });
    writeFileSync(path.join(out, 'headstart.yaml'), Yaml.stringify(krew));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const assets = readdirSync(out).sort();
  const sums = assets.map(file => `${sha256Of(path.join(out, file))}  ${file}\n`);
  writeFileSync(path.join(out, 'checksums.txt'), sums.join(''));
  return [...assets, 'checksums.txt'];
}

/** The text of one asset: `install.yaml` is all plain manifests but the CRDs. */
function manifestOf(asset: string, files: ReadonlyMap<string, string>): string {
  if (asset === 'monitoring.yaml') return files.get(asset) ?? '';
  const plain = [...files].filter(([file]) => file.startsWith('manifests/'));
  const wanted = plain.filter(([file]) => (asset === 'crds.yaml') === (file === 'manifests/crds.yaml'));
  return wanted.map(([, text]) => text).join('---\n');
}

/** Packs a folder so that the same content gives the same bytes. */
function archive(file: string, parent: string, folder: string): void {
  execFileSync('tar', [...reproducible, '-cf', file, '-C', parent, folder]);
}

const reproducible = [
  ...['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '--mode=u=rwX,go=rX'],
  ...['--use-compress-program', 'gzip -n'],
];

/** Packs the plugin: the npm package with the run-time packages of the lockfile beside it, without their types. */
function archivePlugin(file: string, { root, work }: { readonly root: string; readonly work: string }): void {
  const withPackages = 'flags=r;s,^node_modules,package/node_modules,';
  const left = ['*.d.ts', '*.d.mts', '*.d.cts', '*.map'].map(pattern => `--exclude=${pattern}`);
  const from = ['-C', work, 'package', '-C', path.resolve(root), ...runTimePackages(root)];
  execFileSync('tar', [...reproducible, ...left, '--transform', withPackages, '-cf', path.resolve(file), ...from]);
}

/** The folders of the packages that are installed at run time; what is nested in them goes with them. */
function runTimePackages(root: string): readonly string[] {
  return Object.entries(readLock(root).packages)
    .filter(([place, { dev = false, optional = false }]) => topLevel.test(place) && !dev && !optional)
    .map(([place]) => place);
}

const topLevel = /^node_modules\/(@[^/]+\/)?[^/]+$/;

/** Packs the npm package under its published name, in the folder `package`, which stays. */
function packPackage(root: string, work: string, out: string): void {
  const stage = path.join(work, 'package');
  for (const each of ['dist/js', 'crds', 'docs', 'CHANGELOG.md', 'README.md', 'LICENSE'])
    cpSync(path.join(root, each), path.join(stage, each), { recursive: true });
  const own: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(publishedPackage(own), null, 2)}\n`);
  const pack = ['pack', '--ignore-scripts', '--pack-destination', path.resolve(out)];
  execFileSync('npm', pack, { cwd: stage, stdio: 'ignore' });
}

/**
 * The packages that are installed at run time, as CycloneDX, from the lockfile alone. npm reads one without the others:
 * its own option leaves out packages that are needed at run time and for development.
 */
function billOfMaterials(root: string, work: string): string {
  const folder = path.join(work, 'headstart');
  const lock = readLock(root);
  const [own = {}] = Object.values(lock.packages);
  const { devDependencies: _dev, optionalDependencies: _optional, ...ownFields } = own;
  const packages = Object.entries(lock.packages).filter(
    ([place, { dev, optional }]) => place !== '' && !dev && !optional,
  );
  mkdirSync(folder);
  cpSync(path.join(work, 'package/package.json'), path.join(folder, 'package.json'));
  const runTime = { ...lock, packages: Object.fromEntries([['', ownFields], ...packages]) };
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(runTime));
  const sbom = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  return execFileSync('npm', sbom, { cwd: folder, encoding: 'utf8', maxBuffer: 50_000_000 });
}

interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly [field: string]: unknown;
}

function readLock(root: string): Lockfile {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
}

function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
