import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { createLog } from '../log.js';
import { maskError } from './server.js';

const log = createLog('test', 'silent');
const secretive = 'the password of the database is hush';

/** What a client reads of something that a resolver threw. */
function told(thrown: Error): { message: string; code: unknown } {
  const error = new GraphQLError(thrown.message, { originalError: thrown });
  const { message, extensions } = maskError(error.toJSON(), error, log);
  return { message, code: extensions?.['code'] };
}

const failed = (code: string): Error =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error(secretive), { code }));

describe('an error that a resolver throws', () => {
  it.each([
    ['a server that shuts down', failed('57P01')],
    ['a server that starts', failed('57P03')],
    ['no server', Object.assign(new Error(secretive), { code: 'ECONNREFUSED' })],
    ['a broken connection', new Error('Connection terminated unexpectedly')],
  ])('of %s is passing for the client', (_what, thrown) => {
    const { message, code } = told(thrown);
    expect(code).toBe('SERVICE_UNAVAILABLE');
    expect(message).not.toMatch(/database|connection/i);
  });

  it.each([
    ['a unique key', failed('23505')],
    ['a mistake', new TypeError(secretive)],
  ])('of %s is ours', (_what, thrown) => {
    const { message, code } = told(thrown);
    expect(code).toBe('INTERNAL_SERVER_ERROR');
    expect(message).not.toContain('hush');
  });
});
