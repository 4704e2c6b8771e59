import type { DemoPerson } from './content.js';
import type { Graph } from './graph.js';
import { Refused } from './graph.js';
import { demoFollowsBack, demoPartner, demoPassword, demoPeople } from './people.js';

/** The demo's people, signed in. */
export interface SignedIn {
  /** By e-mail address. */
  people: ReadonlyMap<string, Graph>;
  partner: Graph;
}

const authFields = 'accessToken userErrors { code message }';

/** Signs in with a password. */
export async function signIn(graph: Graph, email: string, password: string): Promise<Graph> {
  const { accessToken } = await graph.change<{ accessToken: string }>(
    `mutation DemoLogin($email: EmailAddress!, $password: String!) { login(email: $email, password: $password) { ${authFields} } }`,
    { email, password },
  );
  return graph.as(accessToken);
}

/** Creates missing accounts, addresses, the verified partner and follows, and sets who shares purchases. */
export async function seedPeople(graph: Graph, admin: Graph): Promise<SignedIn> {
  const people = new Map<string, Graph>();
  const ids = new Map<string, string>();
  for (const person of demoPeople) {
    const caller = await register(graph, person);
    people.set(person.email, caller);
    ids.set(person.email, await completeProfile(caller, person));
    if (person.sharesActivity) await shareActivity(caller);
  }

  await seedPartner(graphOf(people, demoPartner.email), admin);
  // A token has the roles at its issue; the partner needs a new one with PARTNER.
  const partner = await signIn(graph, demoPartner.email, demoPassword);
  people.set(demoPartner.email, partner);

  const follows = [
    ...demoPeople.flatMap(({ email, follows: all }) => all.map((other) => ({ email, follows: other }))),
    ...demoFollowsBack,
  ];
  for (const { email, follows: other } of follows) {
    await graphOf(people, email).change(
      'mutation DemoFollow($userId: ID!) { follow(userId: $userId) { userErrors { code message } } }',
      { userId: ids.get(other) },
    );
  }
  return { people, partner };
}

async function register(graph: Graph, person: DemoPerson): Promise<Graph> {
  const { email, firstName, lastName, displayName } = person;
  try {
    const { accessToken } = await graph.change<{ accessToken: string }>(
      `mutation DemoRegister($input: RegisterInput!) { register(input: $input) { ${authFields} } }`,
      { input: { email, password: demoPassword, firstName, lastName, displayName } },
    );
    return graph.as(accessToken);
  } catch (error) {
    // Created by an interrupted start.
    if (error instanceof Refused && error.codes.includes('EMAIL_TAKEN')) {
      return signIn(graph, email, demoPassword);
    }
    throw error;
  }
}

/** Adds a missing address. Returns the user's id. */
async function completeProfile(caller: Graph, { address }: DemoPerson): Promise<string> {
  const { me } = await caller.execute<{ me: { id: string; addresses: unknown[] } }>(
    'query DemoMe { me { id addresses { id } } }',
  );
  if (address !== null && me.addresses.length === 0) {
    await caller.change(
      'mutation DemoAddress($input: AddressInput!) { addAddress(input: $input) { userErrors { code message } } }',
      { input: { ...address, isDefault: true } },
    );
  }
  return me.id;
}

async function shareActivity(caller: Graph): Promise<void> {
  await caller.change(
    'mutation DemoSharing { setActivitySharing(enabled: true) { userErrors { code message } } }',
    {},
  );
}

async function seedPartner(caller: Graph, admin: Graph): Promise<void> {
  const { me } = await caller.execute<{ me: { partner: { id: string; status: string } | null } }>(
    'query DemoPartner { me { partner { id status } } }',
  );
  const { name, about, website } = demoPartner;
  const partner =
    me.partner ??
    (
      await caller.change<{ partner: { id: string; status: string } }>(
        'mutation DemoPartner($input: PartnerInput!) { registerPartner(input: $input) { partner { id status } userErrors { code message } } }',
        { input: { name, about, website } },
      )
    ).partner;
  if (partner.status === 'VERIFIED') return;
  await admin.change(
    'mutation DemoVerify($id: ID!) { verifyPartner(id: $id) { userErrors { code message } } }',
    { id: partner.id },
  );
}

function graphOf(people: ReadonlyMap<string, Graph>, email: string): Graph {
  const graph = people.get(email);
  if (!graph) throw new Error(`There is no demo user ${email}.`);
  return graph;
}
