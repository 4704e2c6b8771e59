import type { WebSocket } from 'ws';

/** Beyond, a client who does not take what is sent is not heard either. */
const highWaterBytes = 65_536;

/**
 * Sends a text, and resolves when the system has taken it: whoever waits for that asks for no more meanwhile. A client
 * who takes longer than `slowMs` is dropped. Never rejects: that the connection ends is heard elsewhere.
 */
export function sendOrDrop(socket: WebSocket, text: string, slowMs: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) {
      // Nothing more is asked for until the end is heard.
      socket.once('close', resolve);
      return;
    }
    const timer = setTimeout(() => socket.terminate(), slowMs).unref();
    socket.send(text, () => {
      clearTimeout(timer);
      if (socket.isPaused && socket.bufferedAmount < highWaterBytes) socket.resume();
      resolve();
    });
    if (socket.bufferedAmount >= highWaterBytes && !socket.isPaused) socket.pause();
  });
}
