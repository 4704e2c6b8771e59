import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Client, ClientError } from './client';
import { RecordedStream } from './recorded-stream';

/** The doors for subscriptions. */
export type StreamTransport = 'SSE' | 'WebSocket';

/** An event as clients read it. */
export interface ReceivedEvent<Data> {
  data?: Data | null;
  errors?: readonly ClientError[];
}

/**
 * Opens a stream as somebody, by the reference client of the door's protocol. A trace goes as each protocol has it: in
 * the header, or with the operation.
 */
export function subscribe<Data>(
  { url, accessToken, traceparent }: Pick<Client, 'url' | 'accessToken'> & { traceparent?: string },
  door: StreamTransport,
  query: string,
  variables: Record<string, unknown> = {},
): RecordedStream<ReceivedEvent<Data>> {
  const authorization: Record<string, string> =
    accessToken === null ? {} : { authorization: `Bearer ${accessToken}` };
  const client =
    door === 'SSE'
      ? createEventClient({
          url: `${url}/graphql`,
          retryAttempts: 0,
          headers: { ...authorization, ...(traceparent !== undefined && { traceparent }) },
        })
      : createSocketClient({
          url: `${url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: authorization,
        });
  const asked = { query, variables, ...(traceparent !== undefined && { extensions: { traceparent } }) };
  return new RecordedStream(client.iterate(asked) as unknown as AsyncIterableIterator<ReceivedEvent<Data>>);
}
