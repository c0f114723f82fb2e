/**
 * Ends the process quietly, with exit code 0, when nobody reads its output any more, as in `headstart status | head -1`.
 * Other faults of a stream are thrown.
 */
export function endOnClosedPipe(streams: readonly NodeJS.WriteStream[], end: () => void): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      end();
    });
  }
}
