import { parentPort } from 'node:worker_threads';
import type { FitTarget } from './forecaster.ts';
import { KeptModels } from './kept-models.ts';
import { packAnswer, transferOf, unpackWork, type WorkMessage } from './thread-messages.ts';

/** Answers the works that the parent of this thread sends, one after the other. */
export function serveForecasts(fit: FitTarget): void {
  const models = new KeptModels(fit);
  parentPort?.on('message', (message: WorkMessage) => {
    const answer = packAnswer(message.id, models.answer(unpackWork(message)));
    parentPort?.postMessage(answer, transferOf(answer));
  });
  parentPort?.postMessage('Ready');
}
