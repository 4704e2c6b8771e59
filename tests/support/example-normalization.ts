import type { Example } from '@souk/reference/examples';
import type { ExampleResult } from './example-run';

const typeId = /\b([a-z]+)_[0-9a-hjkmnp-tv-z]{26}\b/g;
const uuid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Codes of tokens and checkouts, numbers of orders and references of payments. */
const code = /\b(?:(TPT|TKT|LIC|SAGA)-[0-9A-Z]{12}|(PAY)-[0-9A-Z]{10}|(S)-[0-9A-Z]{8})\b/g;
const recoveryCode = /\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/g;
const documentedCode = '7K3M9QX2V4BD';

const documentedTime = '2026-05-01T12:00:00.000Z';
const documentedUnique = '4k7q';

/** Values of fields that differ in each run, by the field's name. */
const byKey: Readonly<Record<string, string>> = {
  accessToken: 'eyJhbGciOiJFUzI1NiIs…',
  mfaChallenge: 'mc_4Tq9…',
  challenge: 'mc_4Tq9…',
  totp: '287082',
  refreshToken: 'rt_Zk3vN8qLw5…',
  clientSecret: 'pi_3Q8x…_secret_9fK2…',
  signedPayload: 'eyJhbGciOiJFZERTQSIs…',
  qrCode: 'data:image/svg+xml;base64,PHN2Zy…',
  endCursor: 'WyIyMDI2LTA1LTAxIl0',
  startCursor: 'WyIyMDI2LTA1LTAxIl0',
  cursor: 'WyIyMDI2LTA1LTAxIl0',
  kid: 'bK1fTq…',
  x: '11qYAYKxCrfVS_7TyWQHOg…',
  stripePublishableKey: 'pk_test_souk',
  userAgent: 'node',
};

/** Parts of texts that differ in each run. */
export interface RunTexts {
  unique: string;
  url: string;
}

/**
 * A result with stable values: ids are numbered, times are one time, secrets are shortened. Values that the example's
 * variables state stay.
 */
export function normalized(
  result: ExampleResult,
  { unique, url }: RunTexts,
  example: Pick<Example, 'variables'>,
): ExampleResult {
  const stated = JSON.stringify(example.variables);
  const ids = new Map<string, string>();
  const numbered = (id: string, make: (count: number) => string): string => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const made = make(ids.size + 1);
    ids.set(id, made);
    return made;
  };
  const text = (value: string): string => {
    if (time.test(value) && !stated.includes(value)) return documentedTime;
    return value
      .replaceAll(unique, documentedUnique)
      .replaceAll(url, 'http://localhost:4000')
      .replaceAll(/\b(buyer|friend|seller)-[0-9a-f-]{36}(@|%40)/g, '$1$2')
      .replaceAll(/\bDune Walks [0-9a-f]{8}\b/g, 'Dune Walks')
      .replaceAll(/\bsecret=[A-Z2-7]+/g, 'secret=JBSWY3DPEHPK3PXP')
      .replaceAll(recoveryCode, '7K3M-9QX2-V4BD-5T8N')
      .replaceAll(code, (found) => {
        const [prefix = '', digits = ''] = found.split('-');
        return `${prefix}-${documentedCode.slice(0, digits.length)}`;
      })
      .replaceAll(typeId, (id, prefix: string) =>
        numbered(id, (count) => `${prefix}_01jd${String(count).padStart(22, '0')}`),
      )
      .replaceAll(uuid, (id) =>
        numbered(id, (count) => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`),
      );
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return byKey[key] ?? text(value);
    if (Array.isArray(value)) return value.map((item: unknown) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  return {
    variables: walk(result.variables, '') as ExampleResult['variables'],
    response: walk(result.response, '') as ExampleResult['response'],
  };
}

/**
 * The result with the recorded values at the example's varying paths, where the types are equal. `*` stands for each
 * item of a list.
 */
export function withRecordedValues(result: ExampleResult, example: Example): ExampleResult {
  const { recorded, varying, field } = example;
  if (!recorded || varying.length === 0) return result;
  const response = structuredClone(result.response);
  for (const path of varying)
    keepRecorded(response, recorded.response, ['data', field, ...path.split('.').filter(Boolean)]);
  return { ...result, response };
}

type Node = Record<string, unknown>;

function keepRecorded(now: unknown, before: unknown, [key = '', ...rest]: readonly string[]): void {
  if (!isNode(now) || !isNode(before)) return;
  const keys = key === '*' ? Object.keys(now) : [key];
  for (const each of keys) {
    if (rest.length > 0) keepRecorded(now[each], before[each], rest);
    else if (typeOf(now[each]) === typeOf(before[each])) now[each] = before[each];
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}
