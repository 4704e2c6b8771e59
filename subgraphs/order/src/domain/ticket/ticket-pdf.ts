import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { create as createQrCode } from 'qrcode';
import type { TicketContent } from './ticket-content.js';
import type { TicketWords } from './ticket-words.js';
import { ticketWordsFor } from './ticket-words.js';

// A page of A5 with a column of text and the QR code below. Noto Sans has Latin, Greek, Cyrillic and Devanagari; characters
// of other scripts are shown as boxes, and the code and its QR code stay readable.

const fontFile = (name: string): Buffer =>
  readFileSync(require.resolve(`@expo-google-fonts/noto-sans/${name}.ttf`));
const fonts = {
  regular: fontFile('400Regular/NotoSans_400Regular'),
  bold: fontFile('700Bold/NotoSans_700Bold'),
};

const page = { size: 'A5', margin: 36 } as const;
const qrSize = 190;
/** Light modules around a QR code, as scanners need them. */
const quietModules = 4;
const titleHeight = 60;
const valueHeight = 34;
const warningColor = '#b00020';
const labelColor = '#555555';
/** Shown for a character that the fonts do not have. */
const unknownCharacter = '\u25a1';

/** Options of a PDF. */
export interface TicketPdfOptions {
  /** The signed payload of the QR code. */
  payload: string;
  /** Whether streams are compressed; false lets tests read them. */
  compress?: boolean;
}

/** Renders a ticket as a PDF of one page. Only a valid ticket shows its QR code. */
export async function ticketPdf(
  content: TicketContent,
  { payload, compress = true }: TicketPdfOptions,
): Promise<Buffer> {
  const { words, locale } = ticketWordsFor(content.locale);
  const doc = new PDFDocument({
    ...page,
    compress,
    lang: locale,
    // The types know names of standard fonts only.
    font: fonts.regular as unknown as string,
    info: { Title: content.title.slice(0, 200), Producer: 'Souk', Creator: 'Souk' },
  });
  const finished = bytesOf(doc);
  doc.registerFont('regular', fonts.regular);
  doc.registerFont('bold', fonts.bold);
  writeText(doc, content, words, locale);
  if (content.state === 'VALID') writeQrCode(doc, payload, words);
  doc.end();
  return finished;
}

function writeText(
  doc: PDFKit.PDFDocument,
  content: TicketContent,
  words: TicketWords,
  locale: string,
): void {
  const { token, state, admission } = content;
  const width = doc.page.width - 2 * page.margin;
  doc.font('regular').fontSize(10).fillColor(labelColor).text(words.kinds[token.kind]);
  doc.font('bold').fontSize(18).fillColor('black');
  doc.text(shown(doc, content.title), { width, height: titleHeight, ellipsis: true });
  const warning = warningOf(content, words, locale);
  if (warning !== null) doc.font('bold').fontSize(13).fillColor(warningColor).text(shown(doc, warning));
  doc.moveDown(0.6);
  const time = formatterFor(locale, admission?.timeZone ?? null);
  const from = admission?.startsAt ?? null;
  const fields: [string, string | null][] = [
    [words.when, from && time(from)],
    [words.where, placeOf(content, words)],
    [words.validFrom, from === null && token.validFrom ? time(token.validFrom) : null],
    [words.validUntil, from === null && token.validUntil ? time(token.validUntil) : null],
    [words.holder, content.holderName],
    [words.order, content.orderNumber],
    [words.code, state === 'VALID' ? token.code : null],
  ];
  for (const [label, value] of fields) {
    if (value === null) continue;
    doc.font('regular').fontSize(8).fillColor(labelColor).text(label);
    doc.fontSize(11).fillColor('black');
    doc.text(shown(doc, value), { width, height: valueHeight, ellipsis: true });
    doc.moveDown(0.25);
  }
}

function placeOf({ admission }: TicketContent, words: TicketWords): string | null {
  if (!admission) return null;
  const { place, seat } = admission;
  const parts = [...(seat ? [words.seat(seat.section, seat.row, seat.number)] : []), ...place].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? null : parts.join(', ');
}

/** Why the ticket does not admit; null for a valid one. */
function warningOf(
  { state, token, admission }: TicketContent,
  words: TicketWords,
  locale: string,
): string | null {
  const time = formatterFor(locale, admission?.timeZone ?? null);
  const since = (text: string, at: Date | null): string => (at ? `${text}: ${time(at)}` : text);
  switch (state) {
    case 'VALID':
      return null;
    case 'REDEEMED':
      return since(words.redeemed, token.redeemedAt);
    case 'OFFERED':
      return words.offered;
    case 'EXPIRED':
    case 'REVOKED':
      return words.expired;
  }
}

function writeQrCode(doc: PDFKit.PDFDocument, payload: string, words: TicketWords): void {
  const { modules } = createQrCode(payload, { errorCorrectionLevel: 'M' });
  const module = qrSize / (modules.size + 2 * quietModules);
  const top = doc.page.height - page.margin - qrSize - 30;
  const left = (doc.page.width - qrSize) / 2 + quietModules * module;
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column))
        doc.rect(left + column * module, top + (row + quietModules) * module, module, module);
    }
  }
  doc.fill('black');
  doc.font('regular').fontSize(8).fillColor(labelColor);
  const width = doc.page.width - 2 * page.margin;
  doc.text(shown(doc, words.advice), page.margin, top + qrSize, { width, height: 24, align: 'center' });
}

/** A text in one line, with a box for each character that the font does not have. */
function shown(doc: PDFKit.PDFDocument, text: string): string {
  const font = (doc as unknown as { _font: { font: { hasGlyphForCodePoint: (code: number) => boolean } } })
    ._font.font;
  const line = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, maxCharacters);
  return Array.from(line, (character) =>
    font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) ? character : unknownCharacter,
  ).join('');
}

const maxCharacters = 300;

function formatterFor(locale: string, timeZone: string | null): (time: Date) => string {
  const style = { dateStyle: 'full', timeStyle: 'short' } as const;
  // Without a zone, times are in UTC and say so.
  const format = timeZone
    ? new Intl.DateTimeFormat(locale, { ...style, timeZone })
    : new Intl.DateTimeFormat(locale, { ...style, timeStyle: 'long', timeZone: 'UTC' });
  return (time) => format.format(time);
}

function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    doc.on('error', reject);
  });
}
