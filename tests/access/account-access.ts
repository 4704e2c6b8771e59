import { registeredPassword } from '@souk/testing/test-client';
import { validAddress } from './access-objects.js';
import type { AccessObjects } from './access-objects.js';
import type { AccessRow, AccessTable, Expected, Outcome } from './access-row.js';
import {
  because,
  everybody,
  except,
  field,
  holders,
  onCaller,
  operation,
  owner,
  seller,
  signedIn,
} from './access-row.js';

const profileOfOwner = async (o: AccessObjects): Promise<Record<string, unknown>> => ({
  id: await o.profile(),
});

/** Account checks its private fields itself, so that the answer to a sign-in can have them. */
function inAccount(expected: Expected): Expected {
  return except(expected, { anonymous: 'FORBIDDEN' });
}

/** A field of the owner's profile. */
function privateField(): AccessRow {
  return field('user(id: $id)', inAccount(owner('FORBIDDEN', ['users:manage'])), profileOfOwner);
}

/** A field of a verified partner, which everybody sees. */
function fieldOfPartner(granted?: Outcome): AccessRow {
  return field('partner(id: $id)', inAccount(seller('FORBIDDEN', ['users:manage'], granted)), async (o) => ({
    id: await o.partnerId(),
  }));
}

/** Callers of the matrix have no second factor. */
function withoutFactor(expected: Expected): Expected {
  return because('no caller has enrolled a second factor', expected);
}

const reason = 'A test.';
/** A setting, with the value that it has. */
const setting = { key: 'catalog.lowStockThreshold', value: 5 };

/** The access to account's operations and private fields. */
export const accountAccess: AccessTable = {
  'Query.me': operation(except(everybody(), { anonymous: 'null' })),
  'Query.user': operation(everybody(), async (o) => ({ id: await o.ownerId() })),
  'Query.users': operation(holders(['users:manage'])),
  'Query.partner': operation(everybody(), async (o) => ({ id: await o.partnerId() })),
  'Query.partner (not verified)': operation(
    except(owner('null', ['users:manage']), { anonymous: 'null' }),
    async (o) => ({ id: await o.ownersPartner() }),
  ),
  'Query.partners': operation(holders(['users:manage'])),
  'Query.systemSettings': operation(holders(['system:manage'])),
  'Query.auditLog': operation(holders(['audit:read'])),
  'Query.verifyAuditLog': operation(holders(['audit:read'])),

  'User.email': privateField(),
  'User.emailVerified': privateField(),
  'User.firstName': privateField(),
  'User.lastName': privateField(),
  'User.phone': privateField(),
  'User.roles': privateField(),
  'User.status': privateField(),
  'User.locale': privateField(),
  'User.timeZone': privateField(),
  'User.preferences': privateField(),
  'User.addresses': privateField(),
  'User.sessions': privateField(),
  'User.passkeys': privateField(),
  'User.mfaEnabled': privateField(),
  'User.partner': field(
    'user(id: $id)',
    except(owner('null', ['users:manage']), { anonymous: 'null' }),
    async (o) => {
      await o.ownersPartner();
      return { id: await o.ownerId() };
    },
  ),
  'Partner.status': field(
    'partner(id: $id)',
    except(owner('null', ['users:manage']), { anonymous: 'null' }),
    async (o) => ({ id: await o.ownersPartner() }),
  ),
  'Partner.rejectionReason': fieldOfPartner('null'),
  'Partner.commissionBasisPoints': fieldOfPartner(),

  'Mutation.register': operation(everybody(), () => ({
    input: {
      email: `access-${crypto.randomUUID()}@example.com`,
      password: registeredPassword,
      firstName: 'A',
      lastName: 'B',
    },
  })),
  'Mutation.login': operation(everybody(), async (o) => ({
    email: (await o.people.client('owner')).email,
    password: registeredPassword,
  })),
  'Mutation.refreshSession': operation(everybody(), async (o) => ({
    refreshToken: (await o.session()).refreshToken,
  })),
  'Mutation.logout': operation(everybody(), async (o) => ({
    refreshToken: (await o.session()).refreshToken,
  })),
  'Mutation.revokeSession': operation(owner('NOT_FOUND'), async (o) => ({ id: (await o.session()).id })),
  'Mutation.revokeAllSessions': onCaller(signedIn()),
  'Mutation.changePassword': onCaller(signedIn(), () => ({
    currentPassword: registeredPassword,
    newPassword: 'another horse battery staple',
  })),
  'Mutation.requestEmailVerification': onCaller(signedIn()),
  'Mutation.verifyEmail': operation(because('the token is unknown', everybody('TOKEN_EXPIRED')), () => ({
    token: 'unknown',
  })),
  'Mutation.requestPasswordReset': operation(everybody(), () => ({
    email: `access-${crypto.randomUUID()}@example.com`,
  })),
  'Mutation.resetPassword': operation(because('the token is unknown', everybody('TOKEN_EXPIRED')), () => ({
    token: 'unknown',
    newPassword: 'another horse battery staple',
  })),
  'Mutation.verifyMfa': operation(because('the challenge is unknown', everybody('TOKEN_EXPIRED')), () => ({
    challenge: 'unknown',
    code: '000000',
  })),
  'Mutation.elevateSession': operation(withoutFactor(signedIn('MFA_INVALID')), () => ({ code: '000000' })),
  'Mutation.beginMfaEnrolment': onCaller(signedIn()),
  'Mutation.confirmMfaEnrolment': operation(withoutFactor(signedIn('CONFLICT')), () => ({ code: '000000' })),
  'Mutation.disableMfa': operation(withoutFactor(signedIn('MFA_INVALID')), () => ({ code: '000000' })),
  'Mutation.beginPasskeyRegistration': onCaller(signedIn()),
  'Mutation.finishPasskeyRegistration': operation(
    because('the ceremony is unknown', signedIn('TOKEN_EXPIRED')),
    () => ({ ceremony: 'unknown', name: 'Phone', response: {} }),
  ),
  'Mutation.removePasskey': operation(because('no caller has a passkey', signedIn('NOT_FOUND')), () => ({
    id: 'unknown',
  })),
  'Mutation.beginPasskeyLogin': operation(everybody()),
  'Mutation.finishPasskeyLogin': operation(
    because('the ceremony is unknown', everybody('TOKEN_EXPIRED')),
    () => ({ ceremony: 'unknown', response: {} }),
  ),
  'Mutation.beginPasskeyElevation': operation(because('no caller has a passkey', signedIn('CONFLICT'))),
  'Mutation.elevateSessionByPasskey': operation(
    because('the ceremony is unknown', signedIn('TOKEN_EXPIRED')),
    () => ({ ceremony: 'unknown', response: {} }),
  ),
  'Mutation.updateProfile': operation(signedIn(), () => ({ input: { displayName: 'Ada' } })),
  'Mutation.addAddress': operation(signedIn(), () => ({ input: validAddress })),
  'Mutation.updateAddress': operation(owner('NOT_FOUND'), async (o) => ({
    id: await o.address(),
    input: validAddress,
  })),
  'Mutation.removeAddress': operation(owner('NOT_FOUND'), async (o) => ({ id: await o.address() })),
  'Mutation.registerPartner': onCaller(
    because(
      'sellers have a partner already',
      except(signedIn(), { partner: 'CONFLICT', otherPartner: 'CONFLICT' }),
    ),
    () => ({ input: { name: `Seller ${crypto.randomUUID().slice(0, 8)}` } }),
  ),
  'Mutation.updatePartner': operation(seller('NOT_OWNER', ['users:manage']), async (o) => ({
    id: await o.partnerId(),
    input: { about: 'Walks.' },
  })),
  'Mutation.updatePartner (not verified)': operation(owner('NOT_FOUND', ['users:manage']), async (o) => ({
    id: await o.ownersPartner(),
    input: { about: 'Walks.' },
  })),
  'Mutation.verifyPartner': operation(holders(['users:manage']), async (o) => ({
    id: await o.pendingPartner(),
  })),
  'Mutation.rejectPartner': operation(holders(['users:manage']), async (o) => ({
    id: await o.pendingPartner(),
    reason,
  })),
  'Mutation.suspendPartner': operation(holders(['users:manage']), async (o) => ({
    id: await o.verifiedPartner(),
    reason,
  })),
  'Mutation.setUserRoles': operation(holders(['users:manage']), async (o) => ({
    userId: await o.user(),
    roles: ['USER'],
  })),
  'Mutation.suspendUser': operation(holders(['users:manage']), async (o) => ({
    userId: await o.user(),
    reason,
  })),
  'Mutation.deleteAccount': onCaller(signedIn(), () => ({ password: registeredPassword })),
  'Mutation.deleteUser': operation(holders(['users:manage']), async (o) => ({
    userId: await o.user(),
  })),
  'Mutation.reactivateUser': operation(holders(['users:manage']), async (o) => ({
    userId: await o.suspendedUser(),
  })),
  'Mutation.setSystemSetting': operation(holders(['system:manage']), () => setting),
  'Mutation.resetSystemSetting': operation(holders(['system:manage']), () => ({ key: setting.key })),
};
