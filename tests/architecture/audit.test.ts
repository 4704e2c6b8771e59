import { auditedActions, auditTargets } from '@souk/shared/contracts/audit';
import type { FieldDefinitionNode } from 'graphql';
import { Kind, parse, print } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionOfMutation, notAudited } from '../support/audited-mutations';

const subgraphs = ['account', 'catalog', 'order', 'payment', 'social'];

interface Mutation {
  name: string;
  owner: string;
  field: FieldDefinitionNode;
}

function mutationsOf(owner: string, sdl: string): Mutation[] {
  return parse(sdl).definitions.flatMap((definition) =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    definition.name.value === 'Mutation'
      ? (definition.fields ?? []).map((field) => ({ name: field.name.value, owner, field }))
      : [],
  );
}

const read = (owner: string): string =>
  readFileSync(join(__dirname, `../../subgraphs/${owner}/src/schema.graphql`), 'utf8');

const mutations = subgraphs.flatMap((owner) => mutationsOf(owner, read(owner)));

/** Whether the gateway asks for a scope, or the description names one. */
function isPrivileged({ field }: Mutation): boolean {
  const text = `${field.description?.value ?? ''} ${(field.directives ?? []).map(print).join(' ')}`;
  return /[a-z]+:(manage|validate)|requiresScopes/.test(text);
}

/** Problems of mutations: each is audited by its own subgraph, or listed as not audited, and never both. */
function problemsOf(all: readonly Mutation[]): string[] {
  return all.flatMap((mutation) => {
    const { name, owner } = mutation;
    const action = actionOfMutation(name);
    const reason = notAudited[name];
    if (action === null && reason === undefined)
      return [`${name} is neither audited nor listed as not audited`];
    if (action !== null && reason !== undefined) return [`${name} is both`];
    if (action !== null && auditedActions[action].owner !== owner)
      return [`${name} is recorded by another subgraph`];
    if (action === null && isPrivileged(mutation)) return [`${name} is privileged and not audited`];
    return [];
  });
}

test('every mutation is audited, or has a reason not to be', () => {
  expect(problemsOf(mutations)).toEqual([]);
});

test('every audited action, and every exception, is a mutation', () => {
  const names = new Set(mutations.map(({ name }) => name));
  expect(Object.keys(notAudited).filter((name) => !names.has(name))).toEqual([]);
  const actions = new Set(mutations.map(({ name }) => actionOfMutation(name)));
  expect(
    (Object.keys(auditedActions) as (keyof typeof auditedActions)[]).filter((a) => !actions.has(a)),
  ).toEqual([]);
});

test('the API has the actions and the targets of the contract', () => {
  const valuesOf = (name: string): string[] =>
    parse(read('account')).definitions.flatMap((definition) =>
      definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === name
        ? (definition.values ?? []).map(({ name: { value } }) => value)
        : [],
    );
  expect(valuesOf('AuditAction')).toEqual([...Object.keys(auditedActions), 'OTHER']);
  expect(valuesOf('AuditTargetType')).toEqual([...Object.keys(auditTargets), 'OTHER']);
});

test('a forgotten mutation, one of another subgraph and a privileged exception are found', () => {
  const planted = mutationsOf(
    'social',
    `type Mutation {
      mergePartners: Int
      updateVenue: Int
      follow: Int @requiresScopes(scopes: [["users:manage"]])
      "Ends a block. For users:manage."
      unblock: Int
      block: Int
    }`,
  );
  expect(problemsOf(planted)).toEqual([
    'mergePartners is neither audited nor listed as not audited',
    'updateVenue is recorded by another subgraph',
    'follow is privileged and not audited',
    'unblock is privileged and not audited',
  ]);
});
