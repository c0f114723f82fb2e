import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type FlashSale, parseFlashSale } from '../../api/flash-sale.ts';
import { formatInZone, zoneOffsetMs } from '../../api/instant.ts';
import { parseQuantity } from '../../api/quantity.ts';
import { parseScalingTarget, type ScalingTarget } from '../../api/scaling-target.ts';
import { packagePath } from '../../package-path.ts';
import type { StatedService } from '../../simulate/marketplace.ts';
import { createScenario, type Scenario } from '../../simulate/scenario.ts';
import type { AutoscalerObject, WorkloadObject } from '../controllers/workload-objects.ts';

/** The marketplace of crds/examples with the past and the future of one seed. */
export interface SandboxScenario {
  readonly scenario: Scenario;
  readonly targets: readonly ScalingTarget[];
  readonly deployments: readonly WorkloadObject[];
  readonly autoscalers: readonly AutoscalerObject[];
  /** The coming sale, as its merchandiser wrote it. */
  readonly sale: FlashSale;
  /** Sales that lie wholly in the past, oldest first. */
  readonly pastSales: readonly FlashSale[];
}

/** Reads the six services and the sale from crds/examples, and draws everything else from `seed`. */
export function readSandboxScenario(seed: number): SandboxScenario {
  const objects = readExamples('marketplace');
  const ofKind = <T>(kind: string) => objects.filter(object => object.kind === kind) as T[];
  const targets = ofKind<unknown>('ScalingTarget').map(parseScalingTarget);
  const sale = parseFlashSale(readExamples('drop.yaml')[0]);
  const start = Date.parse(sale.spec.startTime);
  const scenario = createScenario({
    seed,
    stated: targets.map(toStated),
    sale: {
      start,
      end: Date.parse(sale.spec.endTime),
      peakRatio: (sale.spec.expectedPeakPercent ?? 500) / 100,
    },
    utcOffsetMs: zoneOffsetMs(start, sale.spec.timeZone),
  });
  return {
    scenario,
    targets,
    deployments: ofKind('Deployment'),
    autoscalers: ofKind('HorizontalPodAutoscaler'),
    sale,
    pastSales: scenario.pastSales.map(({ announced }, i) => makePastSale(sale, announced, i)),
  };
}

/** Reads the CRDs of the four kinds. */
export function readCrds(): readonly ManifestDocument[] {
  return readManifests('crds').filter(object => object.kind === 'CustomResourceDefinition');
}

/** One document of a manifest, not yet parsed. */
export interface ManifestDocument {
  readonly kind?: string;
  readonly metadata: { readonly name: string };
}

/** Reads all documents of one file, or of a folder's files in the order of their names. */
function readExamples(name: string): readonly ManifestDocument[] {
  return readManifests('crds', 'examples', name);
}

function readManifests(...segments: readonly string[]): readonly ManifestDocument[] {
  const found = packagePath(...segments);
  const files = found.endsWith('.yaml')
    ? [found]
    : readdirSync(found)
        .filter(file => file.endsWith('.yaml'))
        .sort()
        .map(file => path.join(found, file));
  return files.flatMap(file =>
    parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.toJS() as ManifestDocument),
  );
}

/** @throws RangeError without capacityPerReplica: the services of the sandbox serve what their targets state */
function toStated({ metadata, spec }: ScalingTarget): StatedService {
  if (spec.capacityPerReplica === undefined)
    throw new RangeError(`${metadata.name} needs capacityPerReplica in the sandbox`);
  return {
    name: metadata.name,
    capacityPerReplica: parseQuantity(spec.capacityPerReplica),
    p95Milliseconds: spec.objective?.p95Milliseconds ?? 500,
    entryPoint: spec.entryPoint,
    minReplicas: spec.baseline.minReplicas,
    calls: spec.calls,
  };
}

function makePastSale(
  like: FlashSale,
  announced: { readonly start: number; readonly end: number; readonly peakRatio: number },
  index: number,
): FlashSale {
  const zone = like.spec.timeZone;
  return parseFlashSale({
    apiVersion: like.apiVersion,
    kind: like.kind,
    metadata: { name: `${like.metadata.name}-${index + 1}` },
    spec: {
      startTime: formatInZone(announced.start, zone),
      endTime: formatInZone(announced.end, zone),
      timeZone: zone,
      expectedPeakPercent: Math.round(announced.peakRatio * 100),
      ...(like.spec.categories === undefined ? {} : { categories: like.spec.categories }),
      ...(like.spec.saleType === undefined ? {} : { saleType: like.spec.saleType }),
      ...(like.spec.entryPoints === undefined ? {} : { entryPoints: like.spec.entryPoints }),
    },
  });
}
