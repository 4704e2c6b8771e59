import type { GraphQLInputType, GraphQLSchema } from 'graphql';
import { isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { FuzzOperation } from './fuzz-operation.js';

/** A response, as a client sees it. */
export interface FuzzResponse {
  status: number;
  data?: Readonly<Record<string, unknown>> | null | undefined;
  errors?:
    | readonly { message?: unknown; extensions?: { code?: unknown; requestId?: unknown } | undefined }[]
    | undefined;
}

interface Refusal {
  code?: unknown;
  message?: unknown;
  field?: readonly string[] | null;
}

/** Codes of errors that a well-formed request may have, whatever its values. */
const allowedCodes = new Set(['BAD_USER_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'OPERATION_TOO_LARGE']);
const leak = /node_modules|\bSELECT\b|\bINSERT\b|127\.0\.0\.1|ECONN|\bat \S+\.[jt]s:\d/;
const longestMessage = 1_500;

/** Problems of a response, a sentence each; empty for a good one. */
export function problemsOf(
  schema: GraphQLSchema,
  { root, field }: FuzzOperation,
  { status, data, errors = [] }: FuzzResponse,
): string[] {
  const payload = data?.[field.name] as { userErrors?: readonly Refusal[] } | null | undefined;
  return [
    ...(status >= 500 ? [`the status is ${status}`] : []),
    ...errors.flatMap(({ message, extensions }) => [
      ...(allowedCodes.has(String(extensions?.code))
        ? []
        : [`there is an error ${String(extensions?.code)}: ${String(message)}`]),
      ...messageProblems(message),
    ]),
    ...(root === 'mutation'
      ? (payload?.userErrors ?? []).flatMap((refusal) => refusalProblems(schema, field.name, refusal))
      : []),
  ];
}

function messageProblems(message: unknown): string[] {
  if (typeof message !== 'string' || message.trim() === '') return ['there is an error without a message'];
  if (message.length > longestMessage) return [`a message has ${message.length} characters`];
  return leak.test(message) ? [`a message tells too much: ${message}`] : [];
}

function refusalProblems(schema: GraphQLSchema, mutation: string, refusal: Refusal): string[] {
  const { code, message, field = null } = refusal;
  const where = `the refusal ${String(code)}`;
  return [
    ...messageProblems(message).map((problem) => `${where}: ${problem}`),
    // An input that breaks a rule is in one place.
    ...(code === 'INVALID' && field === null ? [`${where} names no field: ${String(message)}`] : []),
    ...(field !== null && !isPath(schema, mutation, field)
      ? [`${where} names a field that does not exist: ${field.join('.')}`]
      : []),
  ];
}

/** Whether a path leads through the arguments of a mutation; numbers are indexes of lists. JSON has any keys. */
function isPath(schema: GraphQLSchema, mutation: string, [first, ...rest]: readonly string[]): boolean {
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const argument = mutations[mutation]?.args.find(({ name }) => name === first);
  let type: GraphQLInputType | undefined = argument?.type;
  for (const step of rest) {
    if (isNonNullType(type)) type = type.ofType;
    if (isListType(type) && /^\d+$/.test(step)) type = type.ofType;
    else if (isInputObjectType(type)) type = type.getFields()[step]?.type;
    else return type !== undefined && 'name' in type && type.name === 'JSON';
  }
  return type !== undefined;
}
