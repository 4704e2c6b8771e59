import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readQrCode from 'jsqr';
import { newId } from '@souk/shared/ids';
import { ticketCalendar } from './ticket-calendar.js';
import type { TicketContent } from './ticket-content.js';
import { TicketLinks } from './ticket-link.js';
import { ticketPdf } from './ticket-pdf.js';
import { ticketStateOf } from './ticket-state.js';

const startsAt = new Date('2027-05-01T18:30:00Z');
const token: TicketContent['token'] = {
  id: newId(),
  code: 'TKT-7K2M9QXW4ABC',
  kind: 'TICKET',
  validFrom: null,
  validUntil: null,
  redeemedAt: null,
};

const content: TicketContent = {
  token,
  state: 'VALID',
  title: 'Night of the lamps: Standing',
  orderNumber: 'S-7K2M9QXW',
  holderName: 'Ana Conceição',
  admission: {
    startsAt,
    endsAt: new Date('2027-05-01T21:00:00Z'),
    place: ['Coliseu', 'Rua 1; 2', 'Lisboa'],
    timeZone: 'Europe/Lisbon',
    seat: { section: 'Balcão', row: 'C', number: '12' },
  },
  locale: 'pt-PT',
};

const payload = `eyJ.${'a1B2'.repeat(90)}`;
const pdfOf = (over: Partial<TicketContent> = {}, compress = true): Promise<Buffer> =>
  ticketPdf({ ...content, ...over }, { payload, compress });

/** The text of a PDF, read by PDF.js in a process of its own: it is an ES module. */
function textOf(pdf: Buffer): { pages: number; text: string } {
  const directory = mkdtempSync(join(tmpdir(), 'souk-ticket-'));
  try {
    const file = join(directory, 'ticket.pdf');
    writeFileSync(file, pdf);
    const script = `import { extractText } from 'unpdf';
      import { readFileSync } from 'node:fs';
      const { totalPages, text } = await extractText(new Uint8Array(readFileSync(process.argv[1])), { mergePages: true });
      console.log(JSON.stringify({ pages: totalPages, text }));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, file], {
      cwd: __dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(output) as { pages: number; text: string };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Draws the squares of an uncompressed PDF and reads the QR code that they are; null without squares. */
function qrCodeOf(pdf: Buffer): string | null {
  const squares = [...pdf.toString('latin1').matchAll(/([\d.]+) ([\d.]+) ([\d.]+) \3 re/g)].map((found) =>
    found.slice(1, 4).map(Number),
  );
  const [, , module = 1] = squares[0] ?? [];
  if (squares.length === 0) return null;
  const [left, top] = [0, 1].map((axis) => Math.min(...squares.map((square) => square[axis] ?? 0)));
  const [scale, quiet] = [4, 4];
  const cells = squares.map(([x = 0, y = 0]) => [
    Math.round((x - (left ?? 0)) / module) + quiet,
    Math.round((y - (top ?? 0)) / module) + quiet,
  ]);
  const size = (Math.max(...cells.flat()) + 1 + quiet) * scale;
  const image = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [column = 0, row = 0] of cells)
    for (let y = row * scale; y < (row + 1) * scale; y += 1)
      image.fill(0, (y * size + column * scale) * 4, (y * size + (column + 1) * scale) * 4);
  for (let index = 3; index < image.length; index += 4) image[index] = 255;
  return readQrCode(image, size, size)?.data ?? null;
}

describe('a printable ticket', () => {
  it('shows what it admits to, in the language of the buyer and the time of the place', async () => {
    const { pages, text } = textOf(await pdfOf());
    expect(pages).toBe(1);
    for (const part of [
      'Night of the lamps: Standing',
      'Balcão, fila C, lugar 12',
      'Rua 1; 2',
      'Ana Conceição',
      'S-7K2M9QXW',
      'TKT-7K2M9QXW4ABC',
      '1 de maio de 2027',
      '19:30',
    ])
      expect(text).toContain(part);
  });

  it('has the signed payload as a QR code', async () => {
    expect(qrCodeOf(await pdfOf({}, false))).toBe(payload);
  });

  it.each([
    ['REDEEMED', { redeemedAt: startsAt }, 'Already redeemed: Saturday, May 1, 2027 at 7:30'],
    ['OFFERED', {}, 'Not valid now'],
    ['EXPIRED', {}, 'No longer valid'],
  ] as const)('that is %s says so, and has neither code nor QR code', async (state, over, warning) => {
    const shown = { state, token: { ...token, ...over }, locale: 'en' };
    expect(qrCodeOf(await pdfOf(shown, false))).toBeNull();
    const { text } = textOf(await pdfOf(shown));
    expect(text).toContain(warning);
    expect(text).not.toContain(token.code);
  });

  it.each([
    ['Greek, Cyrillic and Vietnamese', 'Ελένη Жанна Nguyễn'],
    ['Japanese', '山田太郎'],
    ['Arabic', 'محمد علي'],
    ['Hebrew', 'שרה'],
    ['Thai', 'สมชาย'],
    ['emoji, a direction, a zero and half a character', '🎫👩‍👩‍👧 é\u0301\u202e\u0000\ud800'],
    ['5,000 letters', 'a'.repeat(5_000)],
  ])('takes a name in %s', async (_what, name) => {
    const pdf = await pdfOf({ holderName: name, title: name });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(100_000);
    const { pages, text } = textOf(pdf);
    expect(pages).toBe(1);
    expect(text).toContain(token.code);
  });

  it('in a language without words is in English', async () => {
    const { text } = textOf(await pdfOf({ locale: 'ja-JP', admission: null }));
    expect(text).toContain('Order');
  });
});

describe('the state of a ticket', () => {
  const now = new Date();
  it.each([
    [{ status: 'ACTIVE', validUntil: null }, 'VALID'],
    [{ status: 'ACTIVE', validUntil: new Date(now.getTime() + 1) }, 'VALID'],
    [{ status: 'ACTIVE', validUntil: now }, 'EXPIRED'],
    [{ status: 'TRANSFER_PENDING', validUntil: null }, 'OFFERED'],
    [{ status: 'REDEEMED', validUntil: now }, 'REDEEMED'],
    [{ status: 'REVOKED', validUntil: null }, 'REVOKED'],
  ] as const)('of %j is %s', (of, state) => {
    expect(ticketStateOf(of, now)).toBe(state);
  });
});

describe('a calendar file', () => {
  /** Read by ical.js in a process of its own: it is an ES module. */
  function read(text: string): Record<string, string> {
    const script = `import ICAL from 'ical.js';
      const component = new ICAL.Component(ICAL.parse(process.argv[1]));
      const event = new ICAL.Event(component.getFirstSubcomponent('vevent'));
      const { uid, summary, location, description } = event;
      console.log(JSON.stringify({ uid, summary, location, description,
        start: event.startDate.toJSDate(), end: event.endDate.toJSDate() }));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, text], {
      cwd: __dirname,
      encoding: 'utf8',
    });
    return JSON.parse(output) as Record<string, string>;
  }

  it('is read as it is meant, with lines of at most 75 octets', () => {
    const title = `Ópera, ato 1; “Ü\\ber” ${'長い名前'.repeat(20)}\nEND:VEVENT`;
    const text = ticketCalendar({ ...content, title }, 'shop.test', new Date()) ?? '';
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.match(/\n/g)?.length).toBe(text.match(/\r\n/g)?.length);
    expect(text).not.toContain(token.code);
    expect(read(text)).toEqual({
      uid: expect.stringMatching(/^token_[a-z0-9]{26}@shop\.test$/) as string,
      summary: title,
      location: 'Coliseu, Rua 1; 2, Lisboa',
      description: 'Balcão, fila C, lugar 12\nEncomenda: S-7K2M9QXW',
      start: startsAt.toISOString(),
      end: '2027-05-01T21:00:00.000Z',
    });
  });

  it('is none without a start', () => {
    const admission = { startsAt: null, endsAt: null, place: [], timeZone: null, seat: null };
    expect(ticketCalendar({ ...content, admission }, 'shop.test', new Date())).toBeNull();
    expect(ticketCalendar({ ...content, admission: null }, 'shop.test', new Date())).toBeNull();
  });
});

describe('a link', () => {
  const links = new TicketLinks('a secret', 'https://shop.test');
  const parameterOf = (url: string): string => new URL(url).searchParams.get('token') ?? '';

  it('opens the token that it was made for, until its code changes', () => {
    const url = links.urlOf(token, 'pdf');
    expect(url).toMatch(/^https:\/\/shop\.test\/tickets\/ticket\.pdf\?token=token_/);
    expect(url).not.toContain(token.code);
    const link = parameterOf(url);
    expect(links.readTokenId(link)).toBe(token.id);
    expect(links.isValid(link, token)).toBe(true);
    expect(links.isValid(link, { ...token, code: 'TKT-000000000000' })).toBe(false);
    expect(links.isValid(link, { ...token, id: newId() })).toBe(false);
    expect(new TicketLinks('another', 'https://shop.test').isValid(link, token)).toBe(false);
  });

  it.each(['', '.', 'token_', 'x.y', `${newId()}.aaaa`])('%j opens none', (link) => {
    expect(links.readTokenId(link)).toBeNull();
    expect(links.isValid(link, token)).toBe(false);
  });
});
