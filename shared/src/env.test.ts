import { z } from 'zod';
import { ConfigurationError, port, readEnv } from './env.js';

const schema = z.object({ PORT: port.default(4000), SECRET: z.string().min(4), URL: z.url().optional() });

it('reads, with defaults, and takes an empty variable for an absent one', () => {
  expect(readEnv(schema, { SECRET: 'abcd', PORT: '', URL: '' })).toEqual({ SECRET: 'abcd', PORT: 4000 });
});

it('tells all problems at once', () => {
  expect.assertions(3);
  try {
    readEnv(schema, { PORT: '70000', URL: 'nowhere' });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).problems.map((problem) => problem.split(':')[0])).toEqual([
      'PORT',
      'SECRET',
      'URL',
    ]);
    expect((error as ConfigurationError).problems).toContain('SECRET: needed');
  }
});
