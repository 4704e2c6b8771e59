import { registeredPassword } from '@souk/testing/test-client';
import * as fc from 'fast-check';
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLInputType } from 'graphql';
import { isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredArgument } from 'graphql';
import type { FuzzArgument } from './fuzz-operation.js';
import {
  dates,
  dateTimes,
  emails,
  floats,
  ids,
  ints,
  json,
  references,
  safeInts,
  texts,
  urls,
} from './fuzz-values.js';

/** A place that takes a value: an argument or an input field, with the name of its field or input type. */
type Place = Pick<GraphQLArgument | GraphQLInputField, 'name' | 'description'> & { parent: string };

/** Kinds of ids and references by place, where the description says less, or what others need would be spent. */
const kindsByPlace: Readonly<Record<string, string>> = {
  'archiveListing.id': 'spare',
  'clearCart.cartId': 'guest',
  'confirmPayment.id': 'card',
  'deleteListing.id': 'spare',
  'markShipped.orderId': 'shipment',
  'OrderItemQuantityInput.itemId': 'line',
  'recordPayout.partnerId': 'seller',
  'updateApp.id': 'app',
  'updateEvent.id': 'event',
  'updateOrderStatus.id': 'shipment',
  'updateProduct.id': 'product',
  'updateTour.id': 'tour',
};

/** Texts that a place takes, by its name, and texts of its format that it refuses. */
interface NamedTexts {
  valid: fc.Arbitrary<unknown>;
  odd?: readonly string[];
}

const languages = ['en', 'pt-BR', 'de-CH-1996'];
const oddLanguages = ['pt_BR', 'x-private', 'zz-ZZ', 'EN', 'a-b-c-d-e-f'];

const textsByName: Readonly<Record<string, NamedTexts>> = {
  after: { valid: references('cursor') },
  before: { valid: references('cursor') },
  code: { valid: references('code'), odd: ['TKT-000000000000', 'LIC-'] },
  countryCode: { valid: fc.constantFrom('PT', 'DE', 'HK'), odd: ['ZZ', 'pt', 'EU', 'P'] },
  currency: {
    valid: fc.constant('EUR'),
    odd: ['USD', 'JPY', 'KWD', 'CLF', 'XXX', 'XAU', 'eur', 'EURO', 'ZZZ'],
  },
  idempotencyKey: { valid: fc.uuid(), odd: ['the same key', 'another key', 'ä key'] },
  key: { valid: references('setting') },
  language: { valid: fc.constantFrom(...languages), odd: oddLanguages },
  locale: { valid: fc.constantFrom(...languages), odd: oddLanguages },
  number: { valid: references('number') },
  paymentMethodToken: {
    valid: fc.constantFrom('pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_authenticationRequired'),
    odd: ['pm_x', 'pm_', 'tok_visa', 'pm_card_visa '],
  },
  phone: { valid: fc.constant('+351 21 000 0000'), odd: ['123', '(0)', '+', '٣٤٥', '+1'] },
  prefix: { valid: fc.constantFrom('a', 'to', 'Gö') },
  reference: { valid: references('reference') },
  refreshToken: { valid: references('refreshToken') },
  returnUrl: {
    valid: fc.constant('https://example.com/back'),
    odd: ['javascript:alert(1)', 'http://a:b@c', '//x'],
  },
  slug: {
    valid: fc.oneof(
      references('slug'),
      fc.nat(1_000_000).map((n) => `slug-${n}`),
    ),
    odd: ['-', 'a--b', 'Ä', 'a_b'],
  },
  timeZone: {
    valid: fc.constantFrom('Europe/Lisbon', 'UTC', 'America/Argentina/ComodRivadavia'),
    odd: ['GMT+25', 'europe/lisbon', 'Etc/GMT+12', '+01:00', 'Nowhere/Land'],
  },
  toEmail: { valid: references('email'), odd: ['@', 'a@b', 'a b@example.com'] },
  transactionId: { valid: references('transactionId') },
  upc: {
    valid: fc.oneof(
      references('upc'),
      fc.nat(1_000_000).map((n) => `UPC-${n}`),
    ),
  },
};

const passwords = ['password', 'a much longer password of many words'];
const anyText: NamedTexts = { valid: fc.constantFrom('A test', 'Lisbon', 'x') };

function textsOf({ name, description }: Place): NamedTexts {
  // Callers never confirm with their password that they delete their account: they are needed.
  if (name === 'password')
    return {
      valid: fc.constantFrom(...passwords, ...(/caller/.test(description ?? '') ? [] : [registeredPassword])),
    };
  return textsByName[name] ?? anyText;
}

/** The longest text that a place takes, by its description; null without a bound. */
function maxLengthOf({ description }: Place): number | null {
  const [, stated] = /At most ([\d,]+) characters/.exec(description ?? '') ?? [];
  return stated === undefined ? null : Number(stated.replaceAll(',', ''));
}

/** The kind of ids that a place takes, by its description or its name. */
function idKindOf({ name, description, parent }: Place): string | null {
  const byPlace = kindsByPlace[`${parent}.${name}`];
  if (byPlace !== undefined) return byPlace;
  const [, type = ''] = /\b(?:TypeID|[Ii]d) of (?:the|a|an) ([a-z]+)/.exec(description ?? '') ?? [];
  const [, named = ''] = /^(\w+?)Ids?$/.exec(name) ?? [];
  const kind = type === '' ? named.toLowerCase() : type;
  return { '': null, shippingaddress: 'addr', address: 'addr', event: 'listing', line: 'item' }[kind] ?? kind;
}

/** Arguments of a field: nullable ones are absent, null, or have a value. */
export function argumentsOf({
  name,
  args,
}: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>): fc.Arbitrary<FuzzArgument[]> {
  const each = args.map((argument) => {
    const given = valueOf(argument.type, { ...argument, parent: name }).map((value): FuzzArgument[] => [
      { name: argument.name, type: String(argument.type), value },
    ]);
    return isRequiredArgument(argument) ? given : orAbsent(given);
  });
  return fc.tuple(...each).map((lists) => lists.flat());
}

/** Absent is the smaller value when a fault is shrunk. */
function orAbsent<Item>(given: fc.Arbitrary<Item[]>): fc.Arbitrary<Item[]> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant<Item[]>([]) },
    { weight: 2, arbitrary: given },
  );
}

/** Values of an input type, valid and at its edges. */
export function valueOf(type: GraphQLInputType, place: Place): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return presentValueOf(type.ofType, place);
  return fc.oneof(
    { weight: 9, arbitrary: presentValueOf(type, place) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function presentValueOf(type: GraphQLInputType, place: Place): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return presentValueOf(type.ofType, place);
  if (isListType(type)) return listOf(valueOf(type.ofType, place));
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const record = fields.map((field) => {
      const given = valueOf(field.type, { ...field, parent: type.name }).map((value): [string, unknown][] => [
        [field.name, value],
      ]);
      return isNonNullType(field.type) && field.defaultValue === undefined ? given : orAbsent(given);
    });
    return fc.tuple(...record).map((entries) => Object.fromEntries(entries.flat()) as unknown);
  }
  return scalarOf(type.name, place);
}

function listOf(item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown[]> {
  return fc.oneof(
    { weight: 14, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant<unknown[]>([]) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(item, fc.constantFrom(2, 100, 101))
        .map(([value, times]) => Array.from({ length: times }, () => value)),
    },
  );
}

function scalarOf(name: string, place: Place): fc.Arbitrary<unknown> {
  switch (name) {
    case 'Int':
      return ints;
    case 'SafeInt':
      return safeInts;
    case 'Float':
      return floats;
    case 'Boolean':
      return fc.boolean();
    case 'ID':
      return ids(idKindOf(place));
    case 'DateTime':
      return dateTimes;
    case 'Date':
      return dates;
    case 'EmailAddress':
      return emails;
    case 'URL':
      return urls;
    case 'JSON':
      return json;
    case 'String':
      return texts(textsOf(place), maxLengthOf(place));
    default:
      throw new Error(
        `The fuzz knows no values of the scalar ${name}: add them to tests/fuzz/fuzz-values.ts.`,
      );
  }
}
