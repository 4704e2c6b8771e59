import type { DemoListing } from './content.js';

/** Software, sold as licences. */
export const demoApps: DemoListing[] = [
  {
    kind: 'APP',
    slug: 'trailnotes',
    title: 'Trailnotes',
    summary: 'Maps that work without a signal, and a notebook that knows where every line was written.',
    description: `Contour maps of forty-two countries on your phone, your own marks on top.

- **Offline first**: load a region once, walk for weeks
- **Notes in place**: photographs, sketches and words stay where you made them
- **Yours**: everything exports to GPX and Markdown`,
    category: 'travel',
    tags: ['maps', 'hiking', 'offline'],
    hue: 140,
    features: { offline: 'yes', regions: 42, exports: ['GPX', 'Markdown'] },
    version: '4.2.0',
    platforms: ['iOS', 'Android', 'Web'],
    website: 'https://trailnotes.example',
    offers: [
      { title: 'Walker, one year', price: 2400, onHand: null, maxPerOrder: 5 },
      { title: 'Guide, one year, five devices', price: 6900, onHand: null, maxPerOrder: 5 },
      { title: 'For life', price: 14900, onHand: 500, maxPerOrder: 1 },
    ],
  },
  {
    kind: 'APP',
    slug: 'halftempo',
    title: 'Halftempo',
    summary: 'Slows music down without bending it: the practice companion of people who play for real.',
    description: `Loop four bars, drop the speed to a third, transpose by a tone, and hear every finger.

Speaks MIDI, so that your pedal turns the pages.`,
    category: 'culture',
    tags: ['music', 'practice', 'audio'],
    hue: 320,
    features: { formats: ['WAV', 'FLAC', 'MP3'], latencyMs: 6 },
    version: '2.9.1',
    platforms: ['macOS', 'Windows', 'Linux'],
    website: 'https://halftempo.example',
    offers: [
      { title: 'Player', price: 3900, onHand: null, maxPerOrder: 3 },
      { title: 'Studio, ten seats', price: 24900, onHand: null, maxPerOrder: 3 },
    ],
  },
  {
    kind: 'APP',
    slug: 'signature-press',
    title: 'Signature',
    summary:
      'Lays pages out for folding and binding: sixteen to a sheet, creep allowed for, no arithmetic left.',
    description: `Give it a PDF and a paper size; it answers with sheets to print, fold and sew.

Knows gatherings from four to thirty-two pages, thick paper, and cats that sit on the printer.`,
    category: 'making',
    tags: ['printing', 'bookbinding', 'pdf'],
    hue: 48,
    features: { formats: ['PDF'], largestSheet: 'A1' },
    version: '1.6.3',
    platforms: ['macOS', 'Windows', 'Linux'],
    website: 'https://signature-press.example',
    offers: [{ title: 'Single licence', price: 2900, onHand: null, maxPerOrder: 10 }],
  },
];
