import type { DemoCategory, DemoVenue } from './content.js';

/** The categories of the demo. */
export const demoCategories: DemoCategory[] = [
  { slug: 'travel', name: 'Travel' },
  { slug: 'culture', name: 'Culture' },
  { slug: 'making', name: 'Making' },
];

/** A venue with seats, and two without. */
export const demoVenues: DemoVenue[] = [
  {
    name: 'Sala Aurora',
    address: 'Rua do Século 79',
    city: 'Lisbon',
    countryCode: 'PT',
    timeZone: 'Europe/Lisbon',
    latitude: 38.7136,
    longitude: -9.1476,
    sections: [
      { name: 'Stalls', rows: 8, seatsPerRow: 12, x: 0, y: 0 },
      { name: 'Balcony', rows: 3, seatsPerRow: 10, x: 0, y: 12 },
    ],
  },
  {
    name: 'Doca do Poente',
    address: 'Doca de Santo Amaro',
    city: 'Lisbon',
    countryCode: 'PT',
    timeZone: 'Europe/Lisbon',
    latitude: 38.6993,
    longitude: -9.1768,
    capacity: 400,
  },
  {
    name: 'Oficina Costa',
    address: 'Rua dos Remédios 112',
    city: 'Lisbon',
    countryCode: 'PT',
    timeZone: 'Europe/Lisbon',
    latitude: 38.7118,
    longitude: -9.1263,
    capacity: 12,
  },
];
