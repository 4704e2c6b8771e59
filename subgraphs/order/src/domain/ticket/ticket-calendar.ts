import { toApiId } from '@souk/shared/ids';
import type { TicketContent } from './ticket-content.js';
import { ticketWordsFor } from './ticket-words.js';

/** RFC 5545, 3.1: octets of a line without its break. */
const maxLineBytes = 75;
const hourMs = 3_600_000;

/**
 * A token's event or departure as iCalendar (RFC 5545), with times in UTC; null if it has no start. The code is not in it:
 * calendars are shared. The UID stays when the token changes hands, so that a newer file replaces an older one.
 * @param host of the UID, such as shop.example
 */
export function ticketCalendar(content: TicketContent, host: string, now: Date): string | null {
  const { admission, token, title, orderNumber, locale } = content;
  const start = admission?.startsAt ?? null;
  if (!admission || !start) return null;
  const { words } = ticketWordsFor(locale);
  const { seat, endsAt } = admission;
  const end = endsAt !== null && endsAt > start ? endsAt : new Date(start.getTime() + hourMs);
  const place = admission.place.filter((part) => part !== '').join(', ');
  const description = [
    ...(seat ? [words.seat(seat.section, seat.row, seat.number)] : []),
    `${words.order}: ${orderNumber}`,
  ].join('\n');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Souk//Tickets//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${toApiId('token', token.id)}@${host}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escapeText(title)}`,
    ...(place === '' ? [] : [`LOCATION:${escapeText(place)}`]),
    `DESCRIPTION:${escapeText(description)}`,
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function utc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** RFC 5545, 3.3.11. Other control characters are not allowed in a text. */
function escapeText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');
}

/** Folds a line by octets, never inside a character. */
function fold(line: string): string {
  let folded = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > maxLineBytes) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return folded;
}
