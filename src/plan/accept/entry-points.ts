import { type CallGraph, callerAmong } from '../../api/call-graph.ts';
import type { FlashSaleSpec } from '../../api/flash-sale.ts';
import type { Observation } from '../../observe/observation.ts';
import { sentenceOf } from '../condition.ts';
import type { Refusal } from './refusal.ts';

/**
 * Targets where a sale's extra traffic enters: those stated, else those marked entryPoint; without names that do not
 * exist.
 */
export function entryPointsOf(spec: FlashSaleSpec, graph: CallGraph): readonly string[] {
  const stated = spec.entryPoints ?? graph.entryPoints;
  const kept = entryPoints.get(graph) ?? new Map<string, readonly string[]>();
  entryPoints.set(graph, kept);
  const found = kept.get(stated.join()) ?? firstEntered(stated, graph);
  kept.set(stated.join(), found);
  return found;
}

/** Entry points by graph and what is stated: a thousand sales state the same few. */
const entryPoints = new WeakMap<CallGraph, Map<string, readonly string[]>>();

function firstEntered(stated: readonly string[], graph: CallGraph): readonly string[] {
  const known = stated.filter(name => graph.callees.has(name));
  return known.filter(name => callerAmong(name, known, graph) === undefined).sort();
}

/** Why a sale's entry points cannot be served: none, one that does not exist, or one that would be counted twice. */
export function describeEntryPoints(
  spec: FlashSaleSpec,
  observation: Observation,
  graph: CallGraph,
): Refusal | undefined {
  const names = spec.entryPoints ?? graph.entryPoints;
  if (names.length === 0) {
    return {
      reason: 'NoEntryPoint',
      message: `The sale names no entryPoints and no ScalingTarget in ${observation.namespace} is marked entryPoint: say where its traffic enters.`,
    };
  }
  const unknown = names.find(name => !graph.callees.has(name));
  if (unknown !== undefined) return describeUnknown(unknown, observation);
  if (entryPointsOf(spec, graph).length === names.length) return undefined;
  for (const name of names) {
    const caller = callerAmong(name, names, graph);
    if (caller === undefined) continue;
    return {
      reason: 'EntryPointReachable',
      message: `Entry point ${name} is reachable from entry point ${caller}, so its traffic would be counted twice: name only ${caller}.`,
    };
  }
  return undefined;
}

function describeUnknown(name: string, { unreadable, namespace }: Observation): Refusal {
  const broken = unreadable.find(object => object.kind === 'ScalingTarget' && object.name === name);
  return broken === undefined
    ? {
        reason: 'EntryPointUnknown',
        message: `Entry point ${name} is no ScalingTarget in ${namespace}.`,
      }
    : {
        reason: 'EntryPointUnknown',
        message: `Entry point ${name} is a ScalingTarget that cannot be read: ${sentenceOf(broken.message)}`,
      };
}
