import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EndpointErrorCode } from '../http/errors.js';

/** Answers a request for a WebSocket with an HTTP error instead, as JSON in the form of GraphQL errors. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  code: EndpointErrorCode,
  message: string,
): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'connection: close',
      'content-type: application/json; charset=utf-8',
      'x-content-type-options: nosniff',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
