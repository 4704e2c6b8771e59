import { hashEmail } from '@souk/account/domain/email/email-address';
import { notImplemented } from '@souk/account/resolvers/not-implemented';
import { accountEvents } from '@souk/shared/contracts/account';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { ExpectedAction, ExpectedEvent, MutationCase } from '../../../tests/support/published-events.js';
import { implementedMutations, PublishedEvents } from '../../../tests/support/published-events.js';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Person } from './support/account.js';

import { goodPassword, registration, startAccount } from './support/account.js';
import { tokenOfEmail } from './support/emails.js';
import { beginEnrolment, codesOf, enrol } from './support/authenticator.js';
import { addPasskey, begin, beginLogin, beginRegistration, elevated, origin } from './support/passkeys.js';
import { SoftwareAuthenticator } from './support/software-authenticator.js';
import { LeavingParticipants } from './support/leaving-participants.js';

let account: AccountUnderTest;
let admin: Person;
let published: PublishedEvents;
let others: LeavingParticipants;

beforeAll(async () => {
  account = await startAccount();
  admin = await account.admin();
  others = new LeavingParticipants(account.subgraph.dependencies);
  // Deletions that close an account here do not go on.
  others.isErasing = false;
  await others.start();
  published = new PublishedEvents();
});

afterAll(async () => {
  published.stop();
  await others.close();
  await account.close();
});

const errors = 'userErrors { code }';
const addressInput = {
  recipient: 'Ada Lovelace',
  line1: 'Rua Augusta 1',
  city: 'Lisbon',
  postalCode: '1100-048',
  countryCode: 'PT',
};

type By = Pick<MutationCase, 'authorization' | 'actorId'>;

const by = ({ accessToken, userId }: Person): By => ({
  authorization: `Bearer ${accessToken}`,
  actorId: userId,
});

function uuidOf(type: Parameters<typeof fromApiId>[0], node: unknown): string {
  return fromApiId(type, (node as { id: string }).id) ?? '';
}

const sessionOf = async ({ userId }: Person): Promise<{ id: string }> => {
  const [row] = await account.query<{ id: string }>(
    'SELECT id FROM session WHERE user_id = $1 AND ended_at IS NULL ORDER BY id DESC LIMIT 1',
    [userId],
  );
  return row!;
};

async function addAddress(person: Person): Promise<{ id: string; uuid: string }> {
  const payload = await account.mutate(
    `mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } ${errors} } }`,
    { input: addressInput },
    person,
  );
  const { id } = payload['address'] as { id: string };
  return { id, uuid: uuidOf('addr', { id }) };
}

async function partnerOf(owner: Person): Promise<{ id: string; uuid: string }> {
  const payload = await account.mutate(
    `mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } ${errors} } }`,
    { input: { name: 'Costa' } },
    owner,
  );
  const { id } = payload['partner'] as { id: string };
  return { id, uuid: uuidOf('partner', { id }) };
}

async function verifiedPartnerOf(owner: Person): Promise<{ id: string; uuid: string }> {
  const partner = await partnerOf(owner);
  await account.mutate(
    `mutation ($id: ID!) { verifyPartner(id: $id) { ${errors} } }`,
    { id: partner.id },
    admin,
  );
  return partner;
}

const statusChanged = (partner: { uuid: string }, owner: Person, payload: object): ExpectedEvent => ({
  event: accountEvents.partnerStatusChanged,
  aggregate: partner.uuid,
  payload: { partnerId: partner.uuid, userId: owner.userId, ...payload },
});

const suspended = ({ uuid }: { uuid: string }): ExpectedAction => ({
  action: 'SUSPEND_PARTNER',
  targetId: uuid,
  before: { status: 'VERIFIED', rejectionReason: null },
  after: { status: 'SUSPENDED', rejectionReason: 'Fraud' },
});

function deleted({ userId: targetId }: Person, action: 'DELETE_ACCOUNT' | 'DELETE_USER'): ExpectedAction {
  return { action, targetId, before: null, after: null };
}

/** One case for each implemented mutation. */
const cases: Record<string, () => Promise<MutationCase>> = {
  register: async () => {
    const input = registration('grace@souk.test');
    return {
      query: `mutation ($input: RegisterInput!) { register(input: $input) { user { id } ${errors} } }`,
      variables: { input },
      authorization: null,
      actorId: ({ user }) => uuidOf('user', user),
      publishes: ({ user }) => {
        const userId = uuidOf('user', user);
        return [
          { event: accountEvents.usersRegistered, aggregate: userId, payload: { userIds: [userId] } },
          {
            event: accountEvents.emailVerificationRequested,
            aggregate: userId,
            payload: { userId, email: input['email'], locale: 'en' },
          },
          { event: accountEvents.sessionStarted, aggregate: userId, payload: { userId } },
        ];
      },
      repeatChangesNothing: true,
    };
  },
  login: async () => {
    const { email, userId } = await account.register();
    return {
      query: `mutation ($email: EmailAddress!, $password: String!) {
        login(email: $email, password: $password) { ${errors} } }`,
      variables: { email, password: goodPassword },
      authorization: null,
      actorId: userId,
      publishes: () => [{ event: accountEvents.sessionStarted, aggregate: userId, payload: { userId } }],
    };
  },
  verifyMfa: async () => {
    const person = await account.register();
    const { codeAt } = await enrol(account, person);
    const { mfaChallenge } = await account.logIn(person.email, goodPassword);
    return {
      query: `mutation ($challenge: String!, $code: String!) {
        verifyMfa(challenge: $challenge, code: $code) { ${errors} } }`,
      variables: { challenge: mfaChallenge, code: codeAt(account.now()) },
      authorization: null,
      actorId: person.userId,
      publishes: () => [
        {
          event: accountEvents.sessionStarted,
          aggregate: person.userId,
          payload: { userId: person.userId },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  elevateSession: async () => {
    const person = await account.register();
    const { recoveryCodes } = await enrol(account, person);
    const session = await sessionOf(person);
    return {
      query: `mutation ($code: String!) { elevateSession(code: $code) { ${errors} } }`,
      variables: { code: recoveryCodes[0] },
      ...by(person),
      publishes: () => [
        alerted(person, 'RECOVERY_CODE_USED'),
        {
          event: accountEvents.sessionElevated,
          aggregate: person.userId,
          payload: { userId: person.userId, sessionId: session.id },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  // An app counts once it is confirmed.
  beginMfaEnrolment: async () => ({
    query: `mutation { beginMfaEnrolment { ${errors} } }`,
    ...by(await account.register()),
    publishes: () => [],
  }),
  confirmMfaEnrolment: async () => {
    const person = await account.register();
    const { uri } = await beginEnrolment(account, person);
    return {
      query: `mutation ($code: String!) { confirmMfaEnrolment(code: $code) { ${errors} } }`,
      variables: { code: codesOf(uri as string)(account.now()) },
      ...by(person),
      publishes: () => [alerted(person, 'MFA_ENROLLED')],
      repeatChangesNothing: true,
    };
  },
  disableMfa: async () => {
    const person = await account.register();
    const { codeAt } = await enrol(account, person);
    return {
      query: `mutation ($code: String!) { disableMfa(code: $code) { ${errors} } }`,
      variables: { code: codeAt(account.now()) },
      ...by(person),
      publishes: () => [alerted(person, 'MFA_DISABLED')],
      repeatChangesNothing: true,
    };
  },
  // A ceremony changes nothing before it is finished.
  beginPasskeyRegistration: async () => ({
    query: `mutation { beginPasskeyRegistration { ${errors} } }`,
    ...by(await account.register()),
    publishes: () => [],
  }),
  finishPasskeyRegistration: async () => {
    const person = await account.register();
    const { ceremony, options } = await beginRegistration(account, person);
    return {
      query: `mutation ($ceremony: String!, $response: JSON!) {
        finishPasskeyRegistration(ceremony: $ceremony, name: "Key", response: $response) { ${errors} } }`,
      variables: { ceremony, response: new SoftwareAuthenticator(origin).create(options) },
      ...by(person),
      publishes: () => [alerted(person, 'PASSKEY_ADDED')],
      repeatChangesNothing: true,
    };
  },
  removePasskey: async () => {
    const person = await account.register();
    const { authenticator, passkeyId } = await addPasskey(account, person);
    const { accessToken = '' } = await elevated(account, authenticator, person);
    return {
      query: `mutation ($id: ID!) { removePasskey(id: $id) { ${errors} } }`,
      variables: { id: passkeyId },
      ...by({ ...person, accessToken }),
      publishes: () => [alerted(person, 'PASSKEY_REMOVED')],
      repeatChangesNothing: true,
    };
  },
  beginPasskeyLogin: () =>
    Promise.resolve({
      query: `mutation { beginPasskeyLogin { ${errors} } }`,
      authorization: null,
      actorId: null,
      publishes: () => [],
    }),
  finishPasskeyLogin: async () => {
    const { userId, ...person } = await account.register();
    const { authenticator } = await addPasskey(account, person);
    const { ceremony, options } = await beginLogin(account);
    return {
      query: `mutation ($ceremony: String!, $response: JSON!) {
        finishPasskeyLogin(ceremony: $ceremony, response: $response) { ${errors} } }`,
      variables: { ceremony, response: authenticator.get(options) },
      authorization: null,
      actorId: userId,
      publishes: () => [{ event: accountEvents.sessionStarted, aggregate: userId, payload: { userId } }],
      repeatChangesNothing: true,
    };
  },
  beginPasskeyElevation: async () => {
    const person = await account.register();
    await addPasskey(account, person);
    return {
      query: `mutation { beginPasskeyElevation { ${errors} } }`,
      ...by(person),
      publishes: () => [],
    };
  },
  elevateSessionByPasskey: async () => {
    const person = await account.register();
    const { authenticator } = await addPasskey(account, person);
    const session = await sessionOf(person);
    const { ceremony, options } = await begin(account, 'beginPasskeyElevation', person);
    return {
      query: `mutation ($ceremony: String!, $response: JSON!) {
        elevateSessionByPasskey(ceremony: $ceremony, response: $response) { ${errors} } }`,
      variables: { ceremony, response: authenticator.get(options) },
      ...by(person),
      publishes: () => [
        {
          event: accountEvents.sessionElevated,
          aggregate: person.userId,
          payload: { userId: person.userId, sessionId: session.id },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  refreshSession: async () => {
    const person = await account.register();
    const session = await sessionOf(person);
    return {
      query: `mutation ($token: String!) { refreshSession(refreshToken: $token) { ${errors} } }`,
      variables: { token: person.refreshToken },
      authorization: null,
      actorId: person.userId,
      publishes: () => [
        {
          event: accountEvents.sessionRefreshed,
          aggregate: person.userId,
          payload: { userId: person.userId, sessionId: session.id },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  logout: async () => {
    const person = await account.register();
    const session = await sessionOf(person);
    return {
      query: `mutation ($token: String!) { logout(refreshToken: $token) { ${errors} } }`,
      variables: { token: person.refreshToken },
      authorization: null,
      actorId: person.userId,
      publishes: () => [ended(person, [session.id], 'LOGGED_OUT')],
      repeatChangesNothing: true,
    };
  },
  revokeSession: async () => {
    const person = await account.register();
    await account.logIn(person.email, goodPassword);
    const session = await sessionOf(person);
    const { data } = await account.run('{ me { sessions { id } } }', {}, person);
    const { sessions } = (data as { me: { sessions: { id: string }[] } }).me;
    const id = sessions.find((other) => uuidOf('session', other) === session.id)!.id;
    return {
      query: `mutation ($id: ID!) { revokeSession(id: $id) { ${errors} } }`,
      variables: { id },
      ...by(person),
      publishes: () => [ended(person, [session.id], 'REVOKED')],
      repeatChangesNothing: true,
    };
  },
  revokeAllSessions: async () => {
    const person = await account.register();
    const session = await sessionOf(person);
    return {
      query: `mutation { revokeAllSessions { ${errors} } }`,
      ...by(person),
      publishes: () => [ended(person, [session.id], 'REVOKED')],
    };
  },
  updateProfile: async () => {
    const person = await account.register();
    return {
      query: `mutation ($input: ProfileInput!) { updateProfile(input: $input) { ${errors} } }`,
      variables: { input: { displayName: 'Countess', phone: '+351912345678', locale: 'pt' } },
      ...by(person),
      publishes: () => [
        {
          event: accountEvents.profileUpdated,
          aggregate: person.userId,
          payload: {
            userId: person.userId,
            changed: ['displayName', 'phone', 'locale'],
            displayName: 'Countess',
            locale: 'pt',
          },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  addAddress: async () => {
    const person = await account.register();
    return {
      query: `mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } ${errors} } }`,
      variables: { input: addressInput },
      ...by(person),
      publishes: ({ address }) => [
        {
          event: accountEvents.addressAdded,
          aggregate: person.userId,
          payload: { userId: person.userId, addressId: uuidOf('addr', address), isDefault: true },
        },
      ],
    };
  },
  updateAddress: async () => {
    const person = await account.register();
    const address = await addAddress(person);
    return {
      query: `mutation ($id: ID!, $input: AddressInput!) { updateAddress(id: $id, input: $input) { ${errors} } }`,
      variables: { id: address.id, input: { ...addressInput, line1: 'Rua Augusta 2' } },
      ...by(person),
      publishes: () => [
        {
          event: accountEvents.addressUpdated,
          aggregate: person.userId,
          payload: {
            userId: person.userId,
            addressId: address.uuid,
            isDefault: true,
            changed: ['line1'],
          },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  removeAddress: async () => {
    const person = await account.register();
    const address = await addAddress(person);
    return {
      query: `mutation ($id: ID!) { removeAddress(id: $id) { ${errors} } }`,
      variables: { id: address.id },
      ...by(person),
      publishes: () => [
        {
          event: accountEvents.addressRemoved,
          aggregate: person.userId,
          payload: { userId: person.userId, addressId: address.uuid },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  registerPartner: async () => {
    const person = await account.register();
    return {
      query: `mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id slug } ${errors} } }`,
      variables: { input: { name: 'Harbour Books' } },
      ...by(person),
      publishes: ({ partner }) => {
        const partnerId = uuidOf('partner', partner);
        const { slug } = partner as { slug: string };
        return [
          {
            event: accountEvents.partnerRegistered,
            aggregate: partnerId,
            payload: {
              partnerId,
              userId: person.userId,
              name: 'Harbour Books',
              slug,
              reviewerIds: expect.arrayContaining([admin.userId]) as unknown,
            },
          },
        ];
      },
      audits: ({ partner }) => [
        {
          action: 'REGISTER_PARTNER',
          targetId: uuidOf('partner', partner),
          before: null,
          after: {
            name: 'Harbour Books',
            about: null,
            website: null,
            hasTaxId: false,
            owner: toApiId('user', person.userId),
            slug: (partner as { slug: string }).slug,
            status: 'PENDING',
          },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  verifyPartner: async () => {
    const owner = await account.register();
    const partner = await partnerOf(owner);
    return {
      query: `mutation ($id: ID!) { verifyPartner(id: $id, commissionBasisPoints: 1200) { ${errors} } }`,
      variables: { id: partner.id },
      ...by(admin),
      publishes: () => [
        statusChanged(partner, owner, {
          status: 'VERIFIED',
          previousStatus: 'PENDING',
          commissionBasisPoints: 1_200,
        }),
      ],
      audits: () => [
        {
          action: 'VERIFY_PARTNER',
          targetId: partner.uuid,
          before: { status: 'PENDING', commissionBasisPoints: null },
          after: { status: 'VERIFIED', commissionBasisPoints: 1_200 },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  rejectPartner: async () => {
    const owner = await account.register();
    const partner = await partnerOf(owner);
    return {
      query: `mutation ($id: ID!) { rejectPartner(id: $id, reason: "No tax id") { ${errors} } }`,
      variables: { id: partner.id },
      ...by(admin),
      publishes: () => [statusChanged(partner, owner, { status: 'REJECTED', reason: 'No tax id' })],
      audits: () => [
        {
          action: 'REJECT_PARTNER',
          targetId: partner.uuid,
          before: { status: 'PENDING', rejectionReason: null },
          after: { status: 'REJECTED', rejectionReason: 'No tax id' },
        },
      ],
    };
  },
  suspendPartner: async () => {
    const owner = await account.register();
    const partner = await verifiedPartnerOf(owner);
    return {
      query: `mutation ($id: ID!) { suspendPartner(id: $id, reason: "Fraud") { ${errors} } }`,
      variables: { id: partner.id },
      ...by(admin),
      publishes: () => [
        statusChanged(partner, owner, { status: 'SUSPENDED', previousStatus: 'VERIFIED', reason: 'Fraud' }),
      ],
      audits: () => [suspended(partner)],
    };
  },
  updatePartner: async () => {
    const owner = await account.register();
    const partner = await partnerOf(owner);
    return {
      query: `mutation ($id: ID!) { updatePartner(id: $id, input: { name: "Mare", taxId: "PT1" }) { ${errors} } }`,
      variables: { id: partner.id },
      ...by(owner),
      publishes: () => [
        {
          event: accountEvents.partnerUpdated,
          aggregate: partner.uuid,
          payload: {
            partnerId: partner.uuid,
            userId: owner.userId,
            changed: ['name', 'taxId'],
            name: 'Mare',
          },
        },
      ],
      audits: () => [
        {
          action: 'UPDATE_PARTNER',
          targetId: partner.uuid,
          before: { name: 'Costa', hasTaxId: false },
          after: { name: 'Mare', hasTaxId: true, changed: ['name', 'taxId'] },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  changePassword: async () => {
    const person = await account.register();
    const session = await sessionOf(person);
    const elsewhere = await account.logIn(person.email, goodPassword);
    return {
      query: `mutation ($current: String!) {
        changePassword(currentPassword: $current, newPassword: "seven purple umbrellas") { ${errors} } }`,
      variables: { current: goodPassword },
      authorization: `Bearer ${elsewhere['accessToken'] as string}`,
      actorId: person.userId,
      publishes: () => [
        ended(person, [session.id], 'PASSWORD_CHANGED'),
        {
          event: accountEvents.passwordChanged,
          aggregate: person.userId,
          payload: { userId: person.userId },
        },
        alert(person, 'PASSWORD_CHANGED'),
      ],
      repeatChangesNothing: true,
    };
  },
  requestEmailVerification: async () => {
    const person = await account.register();
    const { userId, email } = person;
    return {
      query: `mutation { requestEmailVerification { ${errors} } }`,
      ...by(person),
      publishes: () => [
        { event: accountEvents.emailVerificationRequested, aggregate: userId, payload: { userId, email } },
      ],
    };
  },
  verifyEmail: async () => {
    const person = await account.register();
    const { userId } = person;
    return {
      query: `mutation ($token: String!) { verifyEmail(token: $token) { ${errors} } }`,
      variables: { token: await tokenOfEmail(published, 'emailVerificationRequested', person.email) },
      authorization: null,
      actorId: userId,
      publishes: () => [
        { event: accountEvents.emailVerified, aggregate: userId, payload: { userId } },
        alert(person, 'EMAIL_VERIFIED'),
      ],
      repeatChangesNothing: true,
    };
  },
  requestPasswordReset: () => {
    const email = 'unknown@souk.test';
    return Promise.resolve({
      query: `mutation ($email: EmailAddress!) { requestPasswordReset(email: $email) { ${errors} } }`,
      variables: { email },
      authorization: null,
      actorId: null,
      publishes: () => [
        {
          event: accountEvents.passwordForgotten,
          aggregate: hashEmail(email).toString('hex'),
          payload: { email },
        },
      ],
    });
  },
  resetPassword: async () => {
    const person = await account.register();
    const { userId } = person;
    const session = await sessionOf(person);
    await account.mutate(
      `mutation ($email: EmailAddress!) { requestPasswordReset(email: $email) { ${errors} } }`,
      { email: person.email },
    );
    const token = await tokenOfEmail(published, 'passwordResetRequested', person.email);
    await until('the token to be stored', async () => {
      const rows = await account.query(
        `SELECT 1 FROM email_token WHERE user_id = $1 AND purpose = 'RESET_PASSWORD'`,
        [userId],
      );
      return rows.length > 0;
    });
    return {
      query: `mutation ($token: String!) {
        resetPassword(token: $token, newPassword: "seven purple umbrellas") { ${errors} } }`,
      variables: { token },
      authorization: null,
      actorId: userId,
      publishes: () => [
        { event: accountEvents.emailVerified, aggregate: userId, payload: { userId } },
        ended(person, [session.id], 'PASSWORD_RESET'),
        { event: accountEvents.passwordReset, aggregate: userId, payload: { userId } },
        alert(person, 'PASSWORD_RESET'),
      ],
    };
  },
  setUserRoles: async () => {
    const person = await account.register();
    return {
      query: `mutation ($id: ID!) { setUserRoles(userId: $id, roles: [ADMIN]) { ${errors} } }`,
      variables: { id: person.id },
      ...by(admin),
      publishes: () => [
        {
          event: accountEvents.userRolesChanged,
          aggregate: person.userId,
          payload: { userId: person.userId, roles: ['USER', 'ADMIN'], previousRoles: ['USER'] },
        },
        alert(person, 'ROLES_CHANGED', 'USER, ADMIN'),
      ],
      audits: () => [
        {
          action: 'SET_USER_ROLES',
          targetId: person.userId,
          before: { roles: ['USER'] },
          after: { roles: ['USER', 'ADMIN'] },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  suspendUser: async () => {
    const owner = await account.register();
    const session = await sessionOf(owner);
    const partner = await verifiedPartnerOf(owner);
    return {
      query: `mutation ($id: ID!) { suspendUser(userId: $id, reason: "Fraud") { ${errors} } }`,
      variables: { id: owner.id },
      ...by(admin),
      publishes: () => [
        statusChanged(partner, owner, { status: 'SUSPENDED', reason: 'Fraud' }),
        ended(owner, [session.id], 'ACCOUNT_SUSPENDED'),
        {
          event: accountEvents.userSuspended,
          aggregate: owner.userId,
          payload: { userId: owner.userId, reason: 'Fraud' },
        },
        alert(owner, 'ACCOUNT_SUSPENDED', 'Fraud'),
      ],
      audits: () => [
        suspended(partner),
        {
          action: 'SUSPEND_USER',
          targetId: owner.userId,
          before: { status: 'ACTIVE' },
          after: { status: 'SUSPENDED', reason: 'Fraud' },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  reactivateUser: async () => {
    const person = await account.register();
    await account.mutate(
      `mutation ($id: ID!) { suspendUser(userId: $id, reason: "Fraud") { ${errors} } }`,
      { id: person.id },
      admin,
    );
    return {
      query: `mutation ($id: ID!) { reactivateUser(userId: $id) { ${errors} } }`,
      variables: { id: person.id },
      ...by(admin),
      publishes: () => [
        {
          event: accountEvents.userReactivated,
          aggregate: person.userId,
          payload: { userId: person.userId },
        },
        alert(person, 'ACCOUNT_REACTIVATED'),
      ],
      audits: () => [
        {
          action: 'REACTIVATE_USER',
          targetId: person.userId,
          before: { status: 'SUSPENDED', reason: 'Fraud' },
          after: { status: 'ACTIVE', reason: null },
        },
      ],
      repeatChangesNothing: true,
    };
  },
  deleteAccount: async () => {
    const person = await account.register();
    return {
      query: `mutation { deleteAccount(password: "${goodPassword}") { ${errors} } }`,
      ...by(person),
      publishes: () => [deletionStarted(person)],
      audits: () => [deleted(person, 'DELETE_ACCOUNT')],
    };
  },
  deleteUser: async () => {
    const person = await account.register();
    return {
      query: `mutation { deleteUser(userId: "${person.id}") { ${errors} } }`,
      ...by(admin),
      publishes: () => [deletionStarted(person)],
      audits: () => [deleted(person, 'DELETE_USER')],
    };
  },
  setSystemSetting: () =>
    Promise.resolve({
      query: `mutation { setSystemSetting(key: "catalog.holdMinutes", value: 12) { ${errors} } }`,
      ...by(admin),
      publishes: () => [
        {
          event: accountEvents.systemSettingChanged,
          aggregate: 'catalog.holdMinutes',
          payload: { key: 'catalog.holdMinutes', value: 12, previousValue: null },
        },
      ],
      audits: () => [
        {
          action: 'SET_SYSTEM_SETTING',
          targetId: 'catalog.holdMinutes',
          before: { value: null },
          after: { value: 12 },
        },
      ],
      repeatChangesNothing: true,
    }),
  resetSystemSetting: async () => {
    await account.mutate(
      `mutation { setSystemSetting(key: "catalog.lowStockThreshold", value: 9) { ${errors} } }`,
      {},
      admin,
    );
    return {
      query: `mutation { resetSystemSetting(key: "catalog.lowStockThreshold") { ${errors} } }`,
      ...by(admin),
      publishes: () => [
        {
          event: accountEvents.systemSettingReset,
          aggregate: 'catalog.lowStockThreshold',
          payload: { key: 'catalog.lowStockThreshold', previousValue: 9 },
        },
      ],
      audits: () => [
        {
          action: 'RESET_SYSTEM_SETTING',
          targetId: 'catalog.lowStockThreshold',
          before: { value: 9 },
          after: { value: null },
        },
      ],
      repeatChangesNothing: true,
    };
  },
};

function alert({ userId }: Person, kind: string, subject: string | null = null): ExpectedEvent {
  return { event: accountEvents.securityAlert, aggregate: userId, payload: { userId, kind, subject } };
}

function deletionStarted({ userId }: Person): ExpectedEvent {
  return { event: accountEvents.userDeletionStarted, aggregate: userId, payload: { userId } };
}

function ended({ userId }: Person, sessionIds: string[], reason: string): ExpectedEvent {
  return { event: accountEvents.sessionsEnded, aggregate: userId, payload: { userId, sessionIds, reason } };
}

function alerted({ userId }: Person, kind: string): ExpectedEvent {
  return { event: accountEvents.securityAlert, aggregate: userId, payload: { userId, kind } };
}

test('has a case for every implemented mutation', () => {
  expect(Object.keys(cases).sort()).toEqual(implementedMutations('account', notImplemented));
});

test.each(Object.entries(cases))('%s publishes what it changes', async (name, prepare) => {
  await published.expectFrom(account.subgraph.app, name, await prepare());
});

test('a refresh token that is used twice ends its session, and warns its user', async () => {
  const person = await account.register();
  const signedIn = await account.logIn(person.email, goodPassword, { userAgent: 'Phone/1.0' });
  const refreshToken = signedIn['refreshToken'] as string;
  const session = await sessionOf(person);
  await account.refresh(refreshToken);
  await account.ageTokenUses(11_000);
  const before = published.all.length;
  await account.refresh(refreshToken);
  expect(published.all.slice(before)).toMatchObject([
    { payload: { userId: person.userId, sessionIds: [session.id], reason: 'TOKEN_REUSED' } },
    { payload: { userId: person.userId, kind: 'REFRESH_TOKEN_REUSED', device: 'Phone/1.0' } },
  ]);
  await account.refresh(refreshToken);
  expect(published.all).toHaveLength(before + 2);
});

test('events and audited actions carry no secrets', () => {
  const text = JSON.stringify([...published.all, ...published.actions].map(({ payload }) => payload));
  for (const secret of [goodPassword, addressInput.line1, 'refreshToken', '+351912345678', 'PT1'])
    expect(text).not.toContain(secret);
});
