import type { WebSocket } from 'ws';

/** Beyond this many unsent bytes, the gateway stops reading from the client. */
const highWaterBytes = 65_536;

/** A client that does not acknowledge the close is disconnected after this time. */
export const closeWithinMs = 2_000;

/**
 * Sends a text, and resolves when the operating system has accepted it, so that callers apply backpressure. Disconnects
 * a client that takes longer than `slowMs`. Never resolves on a closed connection: its `close` event ends the callers.
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

/** Closes a connection, and disconnects a client that does not acknowledge the close. */
export function closeSoon(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), closeWithinMs).unref();
  socket.once('close', () => clearTimeout(timer));
}
