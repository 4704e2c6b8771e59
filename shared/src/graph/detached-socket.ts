import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Detaches the connection of a long-lived answer from Node's HTTP server. The server treats it as closed and frees the
 * request, the answer, the parser and their listeners, more than 5 kB. The head must be on its way, and the caller
 * writes the body as the head announced it. Data that the client sends later is discarded; `closeAllConnections` skips
 * the connection, and the answer emits no `close` any more. Call it in an event loop turn of its own: the parser must
 * not be running.
 * @returns null if there is no such connection: the client has gone, waits for another answer on the same connection,
 * or has not sent all of its request
 */
export function detachSocket(response: ServerResponse): Socket | null {
  const { req: request, socket } = response;
  if (!socket || socket.destroyed || !request.readableEnded) return null;
  response.detachSocket(socket);
  socket.emit('close', false);
  socket.removeAllListeners();
  return socket.on('error', ignore).on('end', destroy).resume();
}

// Not closures: there are ten thousand of them at a time.

/** The connection ends with it. */
function ignore(): void {
  // The new owner listens for its close.
}

/** The client has nothing more to say, and so does not listen. */
function destroy(this: Socket): void {
  this.destroy();
}
