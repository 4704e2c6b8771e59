import type { WebSocket } from 'ws';

/** Beyond, a client who does not take what is sent is not heard either. */
const highWaterBytes = 65_536;

/** Who is told that it is over, and does not take that, is dropped after this time. */
export const closeWithinMs = 2_000;

/**
 * Sends a text, and resolves when the system has taken it: whoever waits for that asks for no more meanwhile. A client
 * who takes longer than `slowMs` is dropped. Never resolves where the connection is over: nothing is to follow, and
 * whoever waits is ended by its close.
 */
export function sendOrDrop(socket: WebSocket, text: string, slowMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return;
    const timer = setTimeout(() => socket.terminate(), slowMs).unref();
    socket.send(text, (error) => {
      clearTimeout(timer);
      if (error) return;
      if (socket.isPaused && socket.bufferedAmount < highWaterBytes) socket.resume();
      resolve();
    });
    if (socket.bufferedAmount >= highWaterBytes && !socket.isPaused) socket.pause();
  });
}

/** Closes a connection; a client who does not answer to that is dropped soon. */
export function closeSoon(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), closeWithinMs).unref();
  socket.once('close', () => clearTimeout(timer));
}
