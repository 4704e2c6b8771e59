/**
 * The TypeScript type of each scalar of Souk's API, as JSON carries it: for the option `scalars` of GraphQL Code
 * Generator.
 */
export const scalars = {
  ID: 'string',
  /** ISO 8601 in UTC. */
  DateTime: 'string',
  /** A day without a time: RFC 3339 full-date. */
  Date: 'string',
  EmailAddress: 'string',
  URL: 'string',
  /** An integer up to 2^53 - 1. */
  SafeInt: 'number',
  JSON: 'unknown',
} as const;
