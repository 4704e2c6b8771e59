import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperationFailed, SoukClient } from './souk-client.js';

const page = '<html><body>502 Bad Gateway</body></html>';

describe('a response that is none of Souk', () => {
  let server: Server;
  let answer: { status: number; type: string; text: string };
  let client: SoukClient;
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new SoukClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const follow = async (): Promise<void> => {
    for await (const event of client.follow('subscription { a }')) void event;
  };
  const failureOf = async (work: Promise<unknown>): Promise<OperationFailed> => {
    const error: unknown = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error instanceof OperationFailed) return error;
    throw new Error('Not what it should have failed with.', { cause: error });
  };

  it.each([
    [403, 'text/html', page],
    [200, 'text/html', page],
    [404, 'application/json', '{"message":"no route"}'],
    [400, 'application/json', 'null'],
    [400, 'application/json', ''],
    [400, 'application/json', '{"errors":"many"}'],
  ])('fails with its status: %i %s %s', async (status, type, text) => {
    answer = { status, type, text };
    for (const work of [client.run('{ a }'), client.send('{ a }'), follow()]) {
      const { errors, message, status: found } = await failureOf(work);
      expect([found, errors, message]).toEqual([
        status,
        [],
        `The response with status ${status} is not one of GraphQL.`,
      ]);
    }
  });

  it('is told from one with errors, which have a status too', async () => {
    const errors = [{ message: 'No.', extensions: { code: 'FORBIDDEN', requestId: '1' } }];
    answer = { status: 403, type: 'application/json', text: JSON.stringify({ errors }) };
    for (const work of [client.run('{ a }'), follow()]) {
      const failure = await failureOf(work);
      expect([failure.status, failure.errors, failure.message]).toEqual([403, errors, 'FORBIDDEN: No.']);
    }
    expect(await client.send('{ a }')).toEqual({ status: 403, data: undefined, errors });
  });
});
