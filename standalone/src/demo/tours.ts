import type { DemoListing } from './content.js';

/** Walks with a guide, and one without. */
export const demoTours: DemoListing[] = [
  {
    kind: 'TOUR',
    slug: 'lisbon-before-breakfast',
    title: 'Lisbon before breakfast',
    summary:
      'Alfama while it still belongs to its bakers and cats: three hours on foot, ending at a long table.',
    description: `We meet when the first tram does and climb through **Alfama** before the streets fill.

- the two viewpoints that face the sunrise, one of which is on no map
- the communal wash-house, still in use, and the women who run it
- a bakery at the hour when the bread comes out

Breakfast is included: bread, sheep's cheese, quince, coffee. Groups of twelve at most.`,
    category: 'travel',
    tags: ['walking', 'food', 'small-group'],
    hue: 28,
    features: { languages: ['English', 'Portuguese'], includes: 'Breakfast', groupSize: 12 },
    location: 'Lisbon, Portugal',
    timeZone: 'Europe/Lisbon',
    durationMinutes: 180,
    difficulty: 'EASY',
    itinerary: [
      {
        name: 'Portas do Sol',
        description: 'Where we meet, and where the sun comes up over the river.',
        latitude: 38.7124,
        longitude: -9.1303,
      },
      {
        name: 'Lavadouro das Francesinhas',
        description: 'The wash-house and its regulars.',
        latitude: 38.7109,
        longitude: -9.1281,
      },
      {
        name: 'Rua dos Remédios',
        description: 'Ovens, azulejos and the shortest way down.',
        latitude: 38.7118,
        longitude: -9.1263,
      },
      {
        name: 'Oficina Costa',
        description: 'Breakfast at the long table between the presses.',
        latitude: 38.7117,
        longitude: -9.1259,
      },
    ],
    offers: [
      { title: 'First Saturday', price: 4500, onHand: 12, maxPerOrder: 6, startsAt: { inDays: 9, hour: 6 } },
      {
        title: 'Second Saturday',
        price: 4500,
        onHand: 12,
        maxPerOrder: 6,
        startsAt: { inDays: 16, hour: 6 },
      },
      {
        title: 'Private morning',
        price: 5200,
        onHand: 8,
        maxPerOrder: 4,
        startsAt: { inDays: 30, hour: 5, minute: 30 },
      },
    ],
  },
  {
    kind: 'TOUR',
    slug: 'three-peaks-in-a-day',
    title: 'Three peaks in a day',
    summary:
      'The round of the Tre Cime with a mountain guide, off the crowded side, with a stop nobody forgets.',
    description: `Ten kilometres, six hundred metres up and down again, and the north faces all to ourselves by nine.

A certified guide, helmets and poles are included. You bring boots that you have walked in before, and two litres of water.

*In case of thunderstorms the guide decides; you choose another day or your money back.*`,
    category: 'travel',
    tags: ['hiking', 'mountains', 'guided'],
    hue: 205,
    features: { ascentMetres: 620, kilometres: 10.4, includes: 'Guide, helmet, poles' },
    location: 'Dolomites, Italy',
    timeZone: 'Europe/Rome',
    durationMinutes: 480,
    difficulty: 'HARD',
    itinerary: [
      {
        name: 'Rifugio Auronzo',
        description: 'Start, coffee, boots.',
        latitude: 46.6123,
        longitude: 12.2957,
      },
      { name: 'Forcella Lavaredo', description: 'The faces appear.', latitude: 46.6187, longitude: 12.3108 },
      {
        name: 'Rifugio Locatelli',
        description: 'Soup with the best view of the Alps.',
        latitude: 46.6369,
        longitude: 12.3106,
      },
      {
        name: 'Lago di Rienza',
        description: 'Barefoot, if you dare.',
        latitude: 46.6295,
        longitude: 12.2936,
      },
    ],
    offers: [
      { title: 'Weekday round', price: 8900, onHand: 6, maxPerOrder: 4, startsAt: { inDays: 12, hour: 7 } },
      { title: 'Weekend round', price: 10900, onHand: 6, maxPerOrder: 4, startsAt: { inDays: 19, hour: 7 } },
      {
        title: 'Full moon round',
        price: 12900,
        onHand: 4,
        maxPerOrder: 2,
        startsAt: { inDays: 26, hour: 20 },
      },
    ],
  },
  {
    kind: 'TOUR',
    slug: 'canals-after-dark',
    title: 'Canals after dark',
    summary: 'Amsterdam from an open boat with a blanket, a thermos and somebody who grew up on the water.',
    description: `An electric sloop for ten, no loudspeaker. Jip tells what the houses hid, from smugglers' hatches to a
whole church, and switches the motor off where the bells sound best.

Blankets and hot chocolate are on board.`,
    category: 'travel',
    tags: ['boat', 'evening', 'small-group'],
    hue: 250,
    features: { languages: ['English', 'Dutch'], includes: 'Blanket, hot chocolate', groupSize: 10 },
    location: 'Amsterdam, Netherlands',
    timeZone: 'Europe/Amsterdam',
    durationMinutes: 90,
    difficulty: 'EASY',
    itinerary: [
      {
        name: 'Prinseneiland',
        description: 'The landing stage behind the tar house.',
        latitude: 52.3872,
        longitude: 4.8847,
      },
      {
        name: 'Brouwersgracht',
        description: 'Warehouses with shutters like eyelids.',
        latitude: 52.3796,
        longitude: 4.8872,
      },
      { name: 'Seven bridges', description: 'All lamps in one line.', latitude: 52.3639, longitude: 4.8957 },
    ],
    offers: [
      {
        title: 'Tuesday, nine o’clock',
        price: 3400,
        onHand: 10,
        maxPerOrder: 10,
        startsAt: { inDays: 11, hour: 19 },
      },
      {
        title: 'Friday, ten o’clock',
        price: 3900,
        onHand: 10,
        maxPerOrder: 10,
        startsAt: { inDays: 14, hour: 20 },
      },
    ],
  },
  {
    kind: 'TOUR',
    slug: 'vienna-between-two-coffees',
    title: 'Vienna between two coffees',
    summary: 'An audio walk to take whenever you like: five coffee houses, five quarrels that made history.',
    description: `No group and no hour. The token opens the audio guide; walk, sit down, walk on.

Two hours if you are strict with the cake.`,
    category: 'travel',
    tags: ['audio', 'self-guided', 'history'],
    hue: 350,
    features: { languages: ['English', 'German'], format: 'Audio, 38 chapters' },
    location: 'Vienna, Austria',
    timeZone: 'Europe/Vienna',
    durationMinutes: 120,
    difficulty: 'EASY',
    itinerary: [
      {
        name: 'Café Central',
        description: 'Chess, exile, apple strudel.',
        latitude: 48.2104,
        longitude: 16.3655,
      },
      {
        name: 'Café Hawelka',
        description: 'Poets paid with pictures.',
        latitude: 48.2079,
        longitude: 16.3699,
      },
      {
        name: 'Café Sperl',
        description: 'Where the walk, and the argument, ends.',
        latitude: 48.1993,
        longitude: 16.3594,
      },
    ],
    offers: [{ title: 'Audio walk', price: 900, onHand: null, maxPerOrder: 10 }],
  },
];
