import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Takes the connection of an answer that goes on for hours away from Node's HTTP server, which thinks of it as closed and
 * lets go of what it keeps of a request under way: request, answer, parser and what listens for them, more than 5 kB. The
 * head has to be on its way, and a body is written as it has announced. What the client sends from now on is read by
 * nobody; `closeAllConnections` does not know of it, and the answer has no `close` of its own any more. To be called in a
 * turn of its own: the parser must not be at work.
 * @returns null where there is none to be had: the client has gone, has asked something else before on the same connection
 * that is not answered yet, or has not sent all of its request
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
  // Whoever has it listens for its close.
}

/** The client has nothing more to say, and so does not listen. */
function destroy(this: Socket): void {
  this.destroy();
}
