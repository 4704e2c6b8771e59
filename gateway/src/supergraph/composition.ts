import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import type { Rule } from '@graphql-inspector/core';
import { CriticalityLevel, diff, DiffRule } from '@graphql-inspector/core';
import { messageOf } from '@souk/shared/errors';
import { joinSchema } from '@souk/shared/graph/joined-schema';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { parse as parseSdl, print, visit } from 'graphql';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { readSupergraph } from './supergraph.js';

/** The subgraphs do not fit together; `problems` has one line for each. */
export class CompositionError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The subgraphs do not compose:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'CompositionError';
    this.problems = problems;
  }
}

/** A subgraph as composition takes it. */
export interface SubgraphSource {
  name: string;
  url: string;
  /** Whole: with the value types that all share. */
  sdl: string;
}

// Rover's format: https://www.apollographql.com/docs/rover/commands/supergraphs
const roverFile = z.object({
  federation_version: z.string().optional(),
  subgraphs: z.record(z.string(), z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) })),
});

/** The subgraphs that a supergraph.yaml lists; schema files are beside it. */
export function readSources(file: string): SubgraphSource[] {
  const { subgraphs } = roverFile.parse(parseYaml(readFileSync(file, 'utf8')));
  return Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    sdl: joinSchema(readFileSync(resolve(dirname(file), schema.file), 'utf8')),
  }));
}

/** The supergraph's SDL. @throws CompositionError; UnreadableRule where the gateway could not enforce a rule of it. */
export function compose(sources: readonly SubgraphSource[]): string {
  const result = composeServices(
    sources.map((source) => ({ name: source.name, url: source.url, typeDefs: parsed(source) })),
  );
  if (result.errors) throw new CompositionError(result.errors.map(({ message }) => message));
  readSupergraph(result.supergraphSdl);
  return `${result.supergraphSdl.trimEnd()}\n`;
}

function parsed({ name, sdl }: SubgraphSource): DocumentNode {
  try {
    return parseSdl(sdl);
  } catch (error) {
    const { line } = (error as GraphQLError).locations?.[0] ?? { line: 0 };
    throw new CompositionError([`${name}, line ${line}: ${messageOf(error)}`]);
  }
}

/** The API schema of a supergraph. */
export function apiSchema(supergraphSdl: string): GraphQLSchema {
  const { sdl } = readSupergraph(supergraphSdl);
  return Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
}

/** A change of the API between two supergraphs. */
export interface ApiChange {
  isBreaking: boolean;
  message: string;
  /** Path of the changed part: `Type.field` or `Type.field.argument`. */
  path: string;
}

/** The changes that clients could notice. A field may go after it was deprecated. */
export function apiChanges(before: string, after: string): Promise<ApiChange[]> {
  return apiSchemaChanges(apiSchema(before), apiSchema(after));
}

/** `apiChanges` of two API schemas. */
export function apiSchemaChanges(before: GraphQLSchema, after: GraphQLSchema): Promise<ApiChange[]> {
  return changesOf(before, after, [DiffRule.suppressRemovalOfDeprecatedField]);
}

/** The changes of the API that are not changes of descriptions. */
export function structuralChanges(before: string, after: string): Promise<ApiChange[]> {
  return changesOf(apiSchema(withoutDescriptions(before)), apiSchema(withoutDescriptions(after)), []);
}

async function changesOf(before: GraphQLSchema, after: GraphQLSchema, rules: Rule[]): Promise<ApiChange[]> {
  const changes = await diff(before, after, rules);
  return changes.map(({ criticality, message, path = '' }) => ({
    isBreaking: criticality.level === CriticalityLevel.Breaking,
    message,
    path,
  }));
}

/** An SDL without its descriptions and comments. */
export function withoutDescriptions(sdl: string): string {
  return print(
    visit(parseSdl(sdl), {
      enter: (node) => {
        if (!('description' in node)) return undefined;
        const { description: _, ...rest } = node;
        return rest;
      },
    }),
  );
}
