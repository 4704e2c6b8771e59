import type { Response } from 'express';

/** Responds with JSON in the form of GraphQL errors, as the gateway does for requests without an operation. */
export function sendError(response: Response, status: number, code: string, message: string): void {
  const requestId = requestIdOf(response);
  response
    .status(status)
    .set('cache-control', 'no-store')
    .json({ errors: [{ message, extensions: { code, ...(requestId !== null && { requestId }) } }] });
}

/** The id that the gateway gave to the request: in one process on the response, else in a header. */
export function requestIdOf(response: Response): string | null {
  const own = response.getHeader('x-request-id');
  return typeof own === 'string' ? own : (response.req.get('x-request-id') ?? null);
}
