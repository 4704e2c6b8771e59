import { readFileSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { joinSchema } from './shared/src/graph/joined-schema.js';

const refusal = '@souk/shared/graph/user-errors#UserErrorData';
const commonMappers = {
  Money: '@souk/shared/money#Money as MoneyValue',
  UserError: refusal,
  InputError: refusal,
  InsufficientStockError: refusal,
  SeatUnavailableError: refusal,
  MaxPerOrderError: refusal,
  TooManyHoldsError: refusal,
  IdempotencyConflictError: refusal,
  TooManyAttemptsError: refusal,
};

/** One generated file of resolver types for each subgraph; `mappers` stands in each subgraph's own codegen.json. */
function subgraph(name: string): CodegenConfig['generates'] {
  const own = JSON.parse(readFileSync(`subgraphs/${name}/codegen.json`, 'utf8')) as {
    mappers: Record<string, string>;
  };
  return {
    [`subgraphs/${name}/src/generated/resolvers.ts`]: {
      schema: joinSchema(readFileSync(`subgraphs/${name}/src/schema.graphql`, 'utf8')),
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        useTypeImports: true,
        enumsAsTypes: true,
        avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: false },
        contextType: '../context.js#Context',
        mappers: { ...commonMappers, ...own.mappers },
        scalars: {
          ID: 'string',
          DateTime: 'Date',
          Date: 'string',
          EmailAddress: 'string',
          URL: { input: 'URL', output: 'URL | string' },
          SafeInt: 'number',
          JSON: 'unknown',
        },
      },
    },
  };
}

const config: CodegenConfig = {
  overwrite: true,
  generates: Object.assign(
    {},
    ...['account', 'catalog', 'order', 'payment', 'social'].map(subgraph),
  ) as CodegenConfig['generates'],
};

export default config;
