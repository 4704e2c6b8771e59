import type { CodegenConfig } from '@graphql-codegen/cli';
import { scalars } from '@souk/client/scalars';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import { printSchema } from 'graphql';
import { readFileSync } from 'node:fs';

/** The API schema: the supergraph without subgraphs, keys and access rules. */
const schema = printSchema(apiSchema(readFileSync('gateway/supergraph.graphql', 'utf8')));

/** Typed documents of a folder. */
const typedDocuments = (documents: string) => ({
  documents,
  plugins: ['typescript-operations', 'typed-document-node'],
  config: {
    // Text, not syntax trees: nothing is parsed in the client, and it needs no graphql.
    documentMode: 'string',
    useTypeImports: true,
    enumsAsTypes: true,
    dedupeFragments: true,
    strictScalars: true,
    scalars,
  },
});

const config: CodegenConfig = {
  overwrite: true,
  schema,
  generates: {
    'client/src/generated/operations.ts': typedDocuments('client/operations/*.graphql'),
    'testing/src/generated/operations.ts': typedDocuments('testing/operations/*.graphql'),
    'client/src/generated/possible-types.ts': { plugins: ['fragment-matcher'] },
  },
};

export default config;
