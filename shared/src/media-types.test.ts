import { acceptsEvents, wantsEvents } from './graph/event-stream.js';
import { acceptedTypes } from './media-types.js';

const available = ['application/json', 'text/html'];

test.each([
  [undefined, available],
  ['*/*', available],
  ['text/html', ['text/html']],
  ['text/html, */*;q=0.8', ['text/html', 'application/json']],
  ['TEXT/HTML;q=0.2, application/json ; q=0.3', ['application/json', 'text/html']],
  ['text/html;q=0, */*', ['application/json']],
  ['image/png', []],
  ['', available],
])('Accept: %s takes %j', (accept, types) => {
  expect(acceptedTypes(accept, available)).toEqual(types);
});

const urql =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';

test.each([
  [undefined, false, false],
  ['*/*', false, false],
  ['application/json', false, false],
  ['text/event-stream', true, true],
  ['Text/Event-Stream', true, true],
  ['text/event-stream;charset=utf-8', true, true],
  ['text/event-stream, */*;q=0.1', true, true],
  ['application/json;q=0.9, text/event-stream', true, true],
  [urql, false, true],
  ['application/json, text/event-stream;q=0.5', false, true],
  ['application/json, text/*;q=0.5', false, true],
  ['text/event-stream;q=0', false, false],
  ['text/event-stream;q=0.0, application/json', false, false],
  ['text/event-stream;q=0, text/*', false, false],
  ['application/json;profile="text/event-stream"', false, false],
])('Accept: %s prefers events: %s, takes them: %s', (accept, wants, accepts) => {
  expect([wantsEvents(accept), acceptsEvents(accept)]).toEqual([wants, accepts]);
});
