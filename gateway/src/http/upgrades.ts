import { IncomingMessage } from 'node:http';

const state = Symbol('upgrade');

/**
 * A request whose Upgrade header counts only where it names WebSocket. Others, such as that of a client that offers
 * HTTP/2 with every request (h2c), are ignored, as a server may (RFC 9110, 7.8): the request is answered as usual.
 */
export class GatewayRequest extends IncomingMessage {
  [state]?: boolean | null;
}

// Node's parser sets it, and Node reads it. On the prototype, so that requests stay plain objects.
Object.defineProperty(GatewayRequest.prototype, 'upgrade', {
  get(this: GatewayRequest): boolean | null {
    // Read after the headers are there, and set before.
    return this[state] === true ? namesWebSocket(this.headers.upgrade) : (this[state] ?? null);
  },
  set(this: GatewayRequest, isUpgrade: boolean | null) {
    this[state] = isUpgrade;
  },
});

function namesWebSocket(header: string | undefined): boolean {
  return (header ?? '').split(',').some((protocol) => protocol.trim().toLowerCase() === 'websocket');
}
