import type { InputCheck, Path } from '../input-check.js';

/** Reads a coerced value: adds its violations, and returns it normalized. Does not modify the value. */
export type InputReader = (value: unknown, path: Path, check: InputCheck) => unknown;
