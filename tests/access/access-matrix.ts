import type { Scope } from '@souk/shared/auth/scopes';
import type { GraphQLSchema } from 'graphql';
import { mapWithConcurrency } from '../support/map-with-concurrency.js';
import { callAs } from './access-call.js';
import { documentOf } from './access-document.js';
import { AccessObjects } from './access-objects.js';
import type { AccessPerson, SoukWithKey } from './access-people.js';
import { AccessPeople } from './access-people.js';
import type { AccessRow, AccessTable, Outcome, Role } from './access-row.js';
import { roles } from './access-row.js';

/** One call of a row: by a role, by a user with one scope alone, or by one with all scopes but the row's. */
interface Cell {
  key: string;
  row: AccessRow;
  caller: string;
  expected: Outcome;
  personOf: (people: AccessPeople) => Promise<AccessPerson>;
}

/** Outcomes of a row by caller. */
export type RowOutcomes = Readonly<Record<string, Outcome>>;

const concurrency = 24;

/** The outcomes that a table expects, by row. */
export function expectedOutcomes(table: AccessTable): Record<string, RowOutcomes> {
  return outcomesByRow(cellsOf(table).map((cell) => [cell, cell.expected]));
}

/** Sends all calls of a table. Returns the outcomes by row; a call that could not be made has the error's text. */
export async function triedOutcomes(
  souk: SoukWithKey,
  schema: GraphQLSchema,
  table: AccessTable,
  shared: AccessObjects,
): Promise<Record<string, RowOutcomes>> {
  await shared.people.createAll();
  const cells = cellsOf(table);
  const outcomes = await mapWithConcurrency(concurrency, cells, async (cell) => {
    try {
      return await outcomeOf(souk, schema, cell, shared);
    } catch (error) {
      return `failed: ${String(error)}`;
    }
  });
  return outcomesByRow(cells.map((cell, index) => [cell, outcomes[index] ?? '']));
}

/**
 * Refused calls and reads share objects, because they change nothing. A mutation that is allowed gets objects of its own,
 * of a new owner, and where it changes its caller, a new caller.
 */
async function outcomeOf(
  souk: SoukWithKey,
  schema: GraphQLSchema,
  { key, row, expected, personOf }: Cell,
  shared: AccessObjects,
): Promise<Outcome> {
  const changes = key.startsWith('Mutation.') && expected === 'OK';
  const people = changes ? newPeople(souk, row, shared) : shared.people;
  const objects = changes ? new AccessObjects(people, shared) : shared;
  const variables = await row.variables(objects);
  const { client } = await personOf(people);
  return callAs(client, documentOf(schema, key, row, variables), variables, async () =>
    row.trigger?.(objects, client),
  );
}

function newPeople(souk: SoukWithKey, { changesCaller }: AccessRow, shared: AccessObjects): AccessPeople {
  return changesCaller ? new AccessPeople(souk, { sellersMaySell: false }) : shared.people.withNewOwner();
}

function cellsOf(table: AccessTable): Cell[] {
  return Object.entries(table).flatMap(([key, row]) => {
    const { byRole, byScope } = row.expected;
    const scopes = Object.keys(byScope) as Scope[];
    return [
      ...(Object.keys(roles) as Role[]).map((role): Cell => ({
        key,
        row,
        caller: role,
        expected: byRole[role],
        personOf: (people) => people.get(role),
      })),
      ...scopes.map((scope): Cell => ({
        key,
        row,
        caller: `${scope} alone`,
        expected: byScope[scope] ?? '',
        personOf: (people) => people.holder([scope]),
      })),
      ...(scopes.length === 0
        ? []
        : [
            {
              key,
              row,
              caller: `all but ${scopes.join(', ')}`,
              expected: byRole.otherUser,
              personOf: (people: AccessPeople) => people.without(scopes),
            },
          ]),
    ];
  });
}

function outcomesByRow(pairs: readonly (readonly [Cell, Outcome])[]): Record<string, RowOutcomes> {
  const byRow: Record<string, Record<string, Outcome>> = {};
  for (const [{ key, caller }, outcome] of pairs) (byRow[key] ??= {})[caller] = outcome;
  return byRow;
}
