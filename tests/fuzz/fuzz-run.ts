import * as fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { mapWithConcurrency } from '../support/map-with-concurrency.js';
import type { FuzzCaller, FuzzOperation, FuzzPool, FuzzRequest } from './fuzz-operation.js';
import { requestOf } from './fuzz-operation.js';
import type { FuzzTarget } from './fuzz-operations.js';
import type { FuzzResponse } from './response-problems.js';
import { problemsOf } from './response-problems.js';

/** Sends a request as a caller. */
export type FuzzSend = (caller: FuzzCaller, request: FuzzRequest) => Promise<FuzzResponse>;

/** How to run. */
export interface FuzzOptions {
  schema: GraphQLSchema;
  targets: readonly FuzzTarget[];
  pool: FuzzPool;
  send: FuzzSend;
  /** Operations follow from it and the target. */
  seed: number;
  /** No further round begins after this time. */
  seconds: number;
  /** Operations of each target in a round. */
  runsPerRound?: number;
}

/** A bad response, with the smallest operation found that has it. */
export interface FuzzFault {
  coordinate: string;
  caller: FuzzCaller;
  request: FuzzRequest;
  problems: readonly string[];
  /** As the logs have them. */
  requestIds: readonly string[];
}

/** The result of a run. */
export interface FuzzReport {
  faults: FuzzFault[];
  /** Number of operations sent, without those of shrinking. */
  operations: number;
  rounds: number;
  /** Targets of which no operation had a result without errors and refusals: their rules were not passed. */
  neverGranted: string[];
}

const concurrency = 12;
const runsByDefault = 6;
/** Shrinking sends further operations: it ends early on a slow machine. */
const shrinkMs = 15_000;

/** Fuzzes all targets in rounds until the time is over, each at least once. A target with a fault is not tried again. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { targets, seconds, runsPerRound = runsByDefault } = options;
  const end = performance.now() + seconds * 1_000;
  const report: FuzzReport = { faults: [], operations: 0, rounds: 0, neverGranted: [] };
  const granted = new Set<string>();
  const faulty = new Set<string>();
  do {
    await mapWithConcurrency(concurrency, targets, async (target) => {
      const isOver = report.rounds > 0 && performance.now() > end;
      if (isOver || faulty.has(target.coordinate)) return;
      const fault = await faultOf(options, target, report.rounds, granted);
      report.operations += runsPerRound;
      if (!fault) return;
      faulty.add(target.coordinate);
      report.faults.push(fault);
    });
    report.rounds += 1;
  } while (performance.now() < end && faulty.size < targets.length);
  report.neverGranted = targets.map(({ coordinate }) => coordinate).filter((name) => !granted.has(name));
  return report;
}

async function faultOf(
  { schema, pool, send, seed, runsPerRound: numRuns = runsByDefault }: FuzzOptions,
  { coordinate, operations }: FuzzTarget,
  round: number,
  granted: Set<string>,
): Promise<FuzzFault | null> {
  let found: FuzzFault | null = null;
  let shrinksUntil = Infinity;
  const property = fc.asyncProperty(operations, async (operation) => {
    if (performance.now() > shrinksUntil) return true;
    const { caller } = operation;
    const request = requestOf(operation, pool);
    const response = await send(caller, request);
    const problems = problemsOf(schema, operation, response);
    if (isGranted(operation, response)) granted.add(coordinate);
    if (problems.length === 0) return true;
    shrinksUntil = Math.min(shrinksUntil, performance.now() + shrinkMs);
    // The last one that fails is the smallest.
    found = { coordinate, caller, request, problems, requestIds: requestIdsOf(response) };
    return false;
  });
  await fc.check(property, { seed: seedOf(seed, coordinate, round), numRuns });
  return found;
}

function isGranted({ field }: FuzzOperation, { data, errors = [] }: FuzzResponse): boolean {
  const value = data?.[field.name] as { userErrors?: readonly unknown[] } | null | undefined;
  return errors.length === 0 && (value ?? null) !== null && (value?.userErrors ?? []).length === 0;
}

function requestIdsOf({ errors = [] }: FuzzResponse): string[] {
  return [...new Set(errors.map(({ extensions }) => String(extensions?.requestId)))];
}

/** The seed of a target's round: independent of which other targets are run. */
function seedOf(seed: number, coordinate: string, round: number): number {
  let hash = (seed + round * 0x9e3779b1) | 0;
  for (const character of coordinate) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}

/** Describes a fault for people, with the variables that repeat it. */
export function faultText({ coordinate, caller, request, problems }: FuzzFault, seed: number): string {
  return [
    `${coordinate} as ${caller}: ${problems.join('; ')}`,
    `  ${request.document}`,
    `  ${shortened(JSON.stringify(request.variables))}`,
    `  FUZZ_SEED=${seed} FUZZ_OPERATION=${coordinate} repeats it.`,
  ].join('\n');
}

function shortened(text: string): string {
  return text.length > 2_000 ? `${text.slice(0, 2_000)}...` : text;
}
