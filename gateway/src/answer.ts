import type { ErrorMask } from './errors.js';
import { formattedOf, logIfMasked, withRequestId } from './errors.js';
import type { Answer } from './execution/answers.js';
import type { RequestScope } from './request.js';

/** As Apollo Server has it: what an error asks for, 400 where nothing was run, else 200. */
export function statusOf({ data, errors }: Answer): number {
  for (const { extensions } of errors) {
    const { status } = (extensions['http'] ?? {}) as { status?: number };
    if (status !== undefined) return status;
  }
  return data === null && errors.length > 0 ? 400 : 200;
}

// An answer of a stream goes to all who share it: what is the same for all of them is written once.
const texts = new WeakMap<Answer, string>();

/** As `textOf`, for an answer that several clients may be given. */
export function sharedTextOf(answer: Answer, scope: RequestScope, mask: ErrorMask): string {
  // Errors tell each client the id of his own request.
  if (answer.errors.length > 0) return textOf(answer, scope, mask);
  let text = texts.get(answer);
  if (text === undefined) texts.set(answer, (text = textOf(answer, scope, mask)));
  return text;
}

/** An answer as clients read it: JSON on one line. What they are not told is logged. */
export function textOf({ data, errors, extensions }: Answer, scope: RequestScope, mask: ErrorMask): string {
  const parts: string[] = [];
  if (errors.length > 0) {
    scope.hasErrors = true;
    const formatted = errors.map((error) => {
      logIfMasked(error, scope);
      return withRequestId(mask(formattedOf(error), error), scope.requestId);
    });
    parts.push(`"errors":${JSON.stringify(formatted)}`);
  }
  if (data !== null) parts.push(`"data":${data}`);
  if (extensions) parts.push(`"extensions":${JSON.stringify(extensions)}`);
  return `{${parts.join(',')}}`;
}
