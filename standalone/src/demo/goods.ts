import type { DemoListing } from './content.js';

/** Shipped goods. Their codes are valid (EAN-13, ISBN-13) and unassigned. */
export const demoGoods: DemoListing[] = [
  {
    kind: 'PRODUCT',
    slug: 'the-cartographers-year',
    title: 'The Cartographer’s Year',
    summary: 'A novel in twelve maps. Somebody draws a valley, month by month, and it starts to answer.',
    description: `Hanna Weiss has a commission, a bicycle and a valley that is on no sheet of the survey. *"Precise, funny and,
in November, frightening."*

304 pages, sewn, with twelve plates.`,
    category: 'culture',
    tags: ['book', 'novel', 'maps'],
    hue: 95,
    features: { pages: 304, language: 'English', author: 'Hanna Weiss' },
    brand: 'Costa & Daughters',
    weightGrams: 520,
    offers: [
      { title: 'Hardcover', price: 2600, upc: '9780000000125', onHand: 120, maxPerOrder: 10 },
      { title: 'Paperback', price: 1400, upc: '9780000000132', onHand: 300, maxPerOrder: 10 },
    ],
  },
  {
    kind: 'PRODUCT',
    slug: 'enamel-mug',
    title: 'Enamel mug',
    summary: 'Holds 350 ml of whatever the evening needs, over an open fire if it must.',
    description: 'Steel, enamelled twice, with a rim that does not chip on rocks. *Made in Aveiro.*',
    category: 'travel',
    tags: ['camping', 'kitchen'],
    hue: 215,
    features: { volumeMl: 350, material: 'Enamelled steel' },
    brand: 'Costa & Daughters',
    weightGrams: 160,
    offers: [
      { title: 'Blue', price: 1600, upc: '2000000000015', onHand: 80, maxPerOrder: 12 },
      { title: 'Cream', price: 1600, upc: '2000000000022', onHand: 4, maxPerOrder: 12 },
    ],
  },
  {
    kind: 'PRODUCT',
    slug: 'merino-travel-blanket',
    title: 'Merino travel blanket',
    summary: 'Rolls up to the size of a loaf and is warm enough for a night train through the Alps.',
    description: `Woven in Minho from undyed merino. 130 by 180 centimetres, with a strap of vegetable-tanned leather.

Washes by hand, in cold water, without hurry.`,
    category: 'travel',
    tags: ['wool', 'trains', 'gift'],
    hue: 35,
    features: { sizeCm: '130 x 180', material: 'Merino wool' },
    brand: 'Lanifícios do Minho',
    weightGrams: 780,
    offers: [{ title: 'Undyed grey', price: 8900, upc: '2000000000039', onHand: 25, maxPerOrder: 4 }],
  },
  {
    kind: 'PRODUCT',
    slug: 'bookbinders-first-kit',
    title: 'Bookbinder’s first kit',
    summary:
      'Bone folder, needles, waxed thread, linen tape and boards: all for four books, and a booklet that explains.',
    description:
      'Packed by Dona Amélia herself. Contains a **bone folder**, three needles, waxed linen thread, tape, boards and paper.',
    category: 'making',
    tags: ['bookbinding', 'kit', 'gift'],
    hue: 18,
    features: { books: 4, language: ['English', 'Portuguese'] },
    brand: 'Oficina Costa',
    weightGrams: 950,
    offers: [{ title: 'Kit', price: 5400, upc: '2000000000046', onHand: 40, maxPerOrder: 5 }],
  },
  {
    kind: 'PRODUCT',
    slug: 'harbour-jazz-live-lp',
    title: 'Harbour Jazz, live (LP)',
    summary: 'Last summer’s barge on 180 grams of vinyl, gulls included.',
    description:
      'Two sides, one evening, no overdubs. A hand-numbered edition of three hundred; these are the last ones.',
    category: 'culture',
    tags: ['vinyl', 'jazz', 'limited'],
    hue: 185,
    features: { format: 'LP, 180 g', edition: 300 },
    brand: 'Doca Records',
    weightGrams: 320,
    offers: [
      { title: 'Black vinyl', price: 2900, upc: '2000000000053', onHand: 3, maxPerOrder: 1 },
      { title: 'Sea-green vinyl', price: 3400, upc: '2000000000060', onHand: 0, maxPerOrder: 1 },
    ],
  },
];
