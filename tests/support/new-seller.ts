import type { TestClient } from '@souk/testing/test-client';
import { until } from './until.js';

/** The input of registerPartner. */
export interface SellerInput {
  name: string;
  about?: string;
}

/**
 * Makes a signed-in user a verified partner. Waits until catalog has received it, which takes up to five seconds.
 * @returns the partner's TypeID
 */
export async function becomeSeller(user: TestClient, admin: TestClient, input: SellerInput): Promise<string> {
  const { partner } = (await user.mutate(
    'mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } userErrors { code message } } }',
    { input },
  )) as { partner: { id: string } };
  await admin.mutate(
    'mutation ($id: ID!) { verifyPartner(id: $id) { partner { id } userErrors { code message } } }',
    { id: partner.id },
  );
  // A token has the scopes at its issue.
  await user.signIn();
  await until('the partner may sell', async () => {
    const { publishListing } = (await user.run(
      'mutation { publishListing(id: "listing_unknown") { userErrors { code } } }',
    )) as { publishListing: { userErrors: { code: string }[] } };
    return publishListing.userErrors[0]?.code === 'NOT_FOUND';
  });
  return partner.id;
}
