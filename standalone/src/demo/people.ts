import type { DemoPerson } from './content.js';

/** The password of all demo accounts. */
export const demoPassword = 'souk-demo-2026';

/** Created by account at its first start. */
export const demoAdmin = 'admin@souk.test';

/** The seller of all demo listings. */
export const demoPartner = {
  email: 'partner@souk.test',
  name: 'Costa & Daughters',
  about:
    'A family house in Lisbon. Mira Costa leads walks, her sister Inês books musicians, and their mother still binds books. What they like they sell.',
  website: 'https://costa-and-daughters.example',
};

/** The demo accounts for people to read. An administrator with a password of their own is not among them: null. */
export function demoAccounts(adminEmail: string | null): { email: string; role: string }[] {
  const roles = new Map([[demoPartner.email, `seller, ${demoPartner.name}`]]);
  return [
    ...(adminEmail === null ? [] : [{ email: adminEmail, role: 'administrator' }]),
    ...demoPeople.map(({ email, displayName }) => ({
      email,
      role: roles.get(email) ?? `buyer, ${displayName}`,
    })),
  ];
}

/** All users except the administrator, each after the users they follow. */
export const demoPeople: DemoPerson[] = [
  {
    email: demoPartner.email,
    firstName: 'Mira',
    lastName: 'Costa',
    displayName: 'Mira Costa',
    address: null,
    sharesActivity: false,
    follows: [],
  },
  {
    email: 'friend@souk.test',
    firstName: 'Frida',
    lastName: 'Holm',
    displayName: 'Frida',
    address: {
      label: 'Home',
      recipient: 'Frida Holm',
      line1: 'Götgatan 41',
      city: 'Stockholm',
      postalCode: '116 21',
      countryCode: 'SE',
    },
    sharesActivity: true,
    follows: ['partner@souk.test'],
  },
  {
    email: 'buyer@souk.test',
    firstName: 'Ben',
    lastName: 'Aslan',
    displayName: 'Ben',
    address: {
      label: 'Home',
      recipient: 'Ben Aslan',
      line1: 'Oranienstraße 24',
      city: 'Berlin',
      postalCode: '10999',
      countryCode: 'DE',
    },
    sharesActivity: true,
    follows: ['partner@souk.test', 'friend@souk.test'],
  },
];

/** Follows that close a cycle; created after all users exist. */
export const demoFollowsBack: { email: string; follows: string }[] = [
  { email: 'friend@souk.test', follows: 'buyer@souk.test' },
  { email: 'partner@souk.test', follows: 'friend@souk.test' },
];
