import type { ValidationRule } from 'graphql';
import type { CountLimits } from './count-limits.js';
import { countLimits } from './count-limits.js';
import { finiteNumbers } from './finite-numbers.js';
import { introspectionLimit, noIntrospection } from './introspection-limit.js';
import { depthLimit, nestingLimit } from './document-size.js';

/** How large documents may be. Plain data: it is sent to the planner's thread. */
export interface DocumentLimits {
  depth: number;
  counts: CountLimits;
  /** Whether clients may read the schema. */
  introspection: boolean;
}

/** The rules that documents are checked against besides those of the specification. */
export interface DocumentRules {
  /** Checked first: the time that validation takes grows with more than the size of a document. */
  size: readonly ValidationRule[];
  other: readonly ValidationRule[];
}

/** Makes the rules for some limits. */
export function documentRules({ depth, counts, introspection }: DocumentLimits): DocumentRules {
  return {
    size: [depthLimit(depth), nestingLimit(), finiteNumbers(), introspectionLimit(), countLimits(counts)],
    other: introspection ? [] : [noIntrospection],
  };
}
