import { Kind, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessRules } from '../src/access/access-rules.js';
import { cacheHints } from '../src/cache/cache-control.js';
import { cachePolicies } from '../src/cache/cache-policy.js';
import { apiSchema } from '../src/supergraph/composition.js';
import { readSupergraph } from '../src/supergraph/supergraph.js';

const sdl = readFileSync(join(__dirname, '../supergraph.graphql'), 'utf8');
const schema = apiSchema(sdl);
const supergraph = readSupergraph(sdl);
const rules = accessRules(supergraph.document, supergraph.rules);
const hints = cacheHints(supergraph.document);
const policies = cachePolicies(schema, hints, rules);
// As if all types were cacheable: today entities of User and Partner are not, whatever is selected.
const generous = cachePolicies(
  schema,
  { ...hints, isEmpty: false, ofType: () => ({ maxAge: 60, isPrivate: false, inherits: false }) },
  rules,
);

function ageOf(query: string): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operation ? policies.ofOperation(document, operation) : NaN;
}

const ageOfEntities = (type: string, selection: string): number =>
  generous.ofEntityFetch(`query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${type} { ${selection} } } }`);

const page = (ofPartner: string): string =>
  `query ($id: ID!) { listing(id: $id) { partner { name ${ofPartner} } } }`;
const owner = (selection: string): string => `owner { displayName ${selection} }`;

// Fields whose access account decides: no rule of the gateway keeps them out of the caches.
const ofUser = [
  'email',
  'emailVerified',
  'firstName',
  'lastName',
  'phone',
  'roles',
  'status',
  'locale',
  'timeZone',
  'preferences',
  'mfaEnabled',
  'addresses { id }',
  'sessions { id }',
];
const ofPartner = ['rejectionReason', 'commissionBasisPoints'];

test('a public page with a seller and its owner is cacheable', () => {
  expect(ageOf(page(owner('')))).toBeGreaterThan(0);
  expect(ageOfEntities('Partner', `name ${owner('')}`)).toBeGreaterThan(0);
});

test.each(ofUser)('no cache keeps %s of a user', (field) => {
  expect(rules.requirementOf('User', field.split(' ')[0] ?? '')).toBeNull();
  expect(ageOf(page(owner(field)))).toBe(0);
  expect(ageOf(`query ($id: ID!) { user(id: $id) { ${field} } }`)).toBe(0);
  expect(ageOfEntities('Partner', `name ${owner(field)}`)).toBe(0);
  expect(ageOfEntities('User', `displayName ${field}`)).toBe(0);
});

test.each(ofPartner)('no cache keeps %s of a partner', (field) => {
  expect(rules.requirementOf('Partner', field)).toBeNull();
  expect(ageOf(page(field))).toBe(0);
  expect(ageOfEntities('Partner', `name ${field}`)).toBe(0);
});
