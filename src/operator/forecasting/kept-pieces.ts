import { isMissing, type Missing } from '../../api/missing.ts';
import type { DemandHistory } from '../../observe/demand-history.ts';
import type { WindowForecast } from '../../plan/demand/demand-forecasts.ts';
import type { ForecastPiece } from '../../plan/demand/forecast-pieces.ts';
import { type PartForecasts, type WindowPart, wholePart } from '../../plan/demand/forecast-targets.ts';
import type { ForecastAnswer, Forecaster } from './forecaster.ts';
import { isSamePiece } from './same-piece.ts';
import type { TargetFit } from './target-fit.ts';

/** What forecasts are made with, and whom their arrival is told. */
export interface KeptForecastsOptions {
  readonly forecaster: Forecaster;
  readonly history: Pick<DemandHistory, 'readPacked'>;
  /** Told that forecasts have arrived for which nobody waited. */
  readonly onArrival?: (namespace: string) => void;
}

/** The forecast of one piece. */
export interface KeptPiece {
  readonly piece: ForecastPiece;
  /** Undefined until it is made. */
  answer: WindowForecast | Missing | undefined;
  /** The making that is under way. */
  making: Promise<void> | undefined;
  /** Domain time (epoch ms) from which a failed one is tried again. */
  retryAt: number;
}

/** The last whole forecast of a window, and when it counted, epoch ms. */
export interface LastForecast {
  readonly at: number;
  readonly forecasts: readonly WindowForecast[];
}

/** What is kept of one target. */
export interface KeptTarget {
  readonly fit: TargetFit;
  /** The fit's name for the forecaster. */
  readonly key: string;
  pieces: readonly KeptPiece[];
  /** By window. */
  last: ReadonlyMap<string, LastForecast>;
}

/** The reason why a forecast is missing that is being made. */
export const pending: Missing = { missing: 'its forecast is still being made', isPending: true };

/** The end of the data of a target's fit, epoch ms, or why there is none. */
export function fittedAt(kept: KeptTarget | Missing | undefined): number | Missing {
  if (kept === undefined || isMissing(kept)) return kept ?? { missing: 'no model was fitted' };
  return kept.fit.fittedAt;
}

/** The pieces of all parts by target, each once: the kept one where its forecast is the same. */
export function askedPieces(
  parts: readonly WindowPart[],
  targets: ReadonlyMap<string, KeptTarget | Missing>,
): ReadonlyMap<string, ReadonlyMap<ForecastPiece, KeptPiece>> {
  const asked = new Map<string, Map<ForecastPiece, KeptPiece>>();
  for (const { target, pieces } of parts) {
    const kept = targets.get(target);
    if (isMissing(pieces) || kept === undefined || isMissing(kept)) continue;
    const own = asked.get(target) ?? new Map<ForecastPiece, KeptPiece>();
    asked.set(target, own);
    for (const piece of pieces)
      own.set(
        piece,
        kept.pieces.find(one => isSamePiece(one.piece, piece)) ?? {
          piece,
          answer: undefined,
          making: undefined,
          retryAt: 0,
        },
      );
  }
  return asked;
}

/** The forecasts of a part as far as they are made; pending while one is not. */
export function answerOf(
  { pieces }: WindowPart,
  asked: ReadonlyMap<ForecastPiece, KeptPiece> | undefined,
): PartForecasts {
  if (isMissing(pieces)) return pieces;
  return wholePart(pieces.map(piece => asked?.get(piece)?.answer ?? pending));
}

/** When the first window of some parts is needed, epoch ms; not before now. */
export function neededAt(parts: readonly WindowPart[], now: number): number {
  return Math.max(now, Math.min(...parts.map(({ window }) => window.neededAt ?? window.start)));
}

/** The pieces of some parts of one target, in their order. */
export function allPieces(parts: readonly WindowPart[]): readonly ForecastPiece[] {
  return parts.flatMap(({ pieces }) => (isMissing(pieces) ? [] : pieces));
}

/** Splits the forecasts of `allPieces` by part again. */
export function splitAnswer(
  parts: readonly WindowPart[],
  answer: ForecastAnswer,
): readonly (readonly [WindowPart, PartForecasts])[] {
  let from = 0;
  return parts.map(part => {
    const count = isMissing(part.pieces) ? 0 : part.pieces.length;
    from += count;
    return [part, isMissing(answer) ? answer : wholePart(answer.slice(from - count, from))];
  });
}

/** Notes the last forecast of a part, by target and window. */
export function keepLast(
  all: Map<string, Map<string, LastForecast>>,
  { target, window }: WindowPart,
  last: LastForecast,
): void {
  const own = all.get(target) ?? new Map<string, LastForecast>();
  all.set(target, own.set(window.id, last));
}
