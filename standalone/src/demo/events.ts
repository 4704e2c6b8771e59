import type { DemoListing } from './content.js';

/** A concert with seats, one without, and a workshop. */
export const demoEvents: DemoListing[] = [
  {
    kind: 'EVENT',
    slug: 'nocturnes-at-sala-aurora',
    title: 'Nocturnes at Sala Aurora',
    summary:
      'Teresa Quadros plays Chopin and Fauré on the hall’s own 1904 Bechstein. No interval, no coughing.',
    description: `**Programme**

1. Chopin, Nocturnes op. 27
2. Fauré, Nocturne no. 6
3. Chopin, Ballade no. 4
4. Bragança, *Three Windows* (first performance)

Seventy-five minutes. The bar opens with the doors and stays open after.`,
    category: 'culture',
    tags: ['concert', 'piano', 'seated'],
    hue: 270,
    features: { performers: ['Teresa Quadros'], runningMinutes: 75 },
    venue: 'Sala Aurora',
    startsAt: { inDays: 35, hour: 20 },
    durationMinutes: 90,
    doorsOpenMinutes: 60,
    offers: [
      { title: 'Stalls', price: 4800, sections: ['Stalls'], maxPerOrder: 6 },
      { title: 'Balcony', price: 2900, sections: ['Balcony'], maxPerOrder: 6 },
    ],
  },
  {
    kind: 'EVENT',
    slug: 'harbour-jazz',
    title: 'Harbour Jazz',
    summary: 'Four bands on a barge, the audience on the quay, the sun going down behind the bridge.',
    description: `Doors at six, first notes at seven, the last ferry waits for you.

With the *Lena Marsh Quartet*, *Trio Sal*, *Os Afinadores* and, after dark, whoever brought an instrument.`,
    category: 'culture',
    tags: ['concert', 'jazz', 'open-air'],
    hue: 190,
    features: { performers: ['Lena Marsh Quartet', 'Trio Sal', 'Os Afinadores'], weather: 'Rain or shine' },
    venue: 'Doca do Poente',
    startsAt: { inDays: 49, hour: 18 },
    durationMinutes: 300,
    doorsOpenMinutes: 60,
    offers: [
      { title: 'Standing', price: 3200, onHand: 350, maxPerOrder: 8 },
      { title: 'Deck chair', price: 5400, onHand: 50, maxPerOrder: 4 },
    ],
  },
  {
    kind: 'EVENT',
    slug: 'bind-your-first-book',
    title: 'Bind your first book',
    summary: 'One day, one bench, one book that opens flat. Dona Amélia shows how; you take yours home.',
    description: `Folding, sewing, glueing, casing-in: a full day at the benches of Oficina Costa, twelve people at most.

Paper, thread and linen are there. Lunch is in the courtyard.`,
    category: 'making',
    tags: ['workshop', 'bookbinding', 'beginners'],
    hue: 12,
    features: { includes: ['Materials', 'Lunch'], level: 'Beginners' },
    venue: 'Oficina Costa',
    startsAt: { inDays: 21, hour: 9 },
    durationMinutes: 480,
    doorsOpenMinutes: 30,
    offers: [{ title: 'Place at the bench', price: 11500, onHand: 12, maxPerOrder: 2 }],
  },
];
