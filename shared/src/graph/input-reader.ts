import { Rejection } from '../errors.js';

const maxViolations = 20;

/** Collects the first few violations of an input. */
export class Violations {
  readonly all: Rejection[] = [];

  /** Adds a violation at a path, which begins with the argument's name. */
  add(field: readonly string[], message: string): void {
    if (this.all.length < maxViolations) this.all.push(new Rejection('INVALID', message, { field }));
  }
}

/** Reads a coerced value: adds its violations, and returns it normalized. Does not modify the value. */
export type InputReader = (value: unknown, path: readonly string[], violations: Violations) => unknown;
