import type { NotImplemented } from '@souk/shared/graph/schema';

/** Fields that answer NOT_IMPLEMENTED. */
export const notImplemented: NotImplemented = [
  'Query.users',
  'Query.partners',
  'Query.auditLog',
  'Query.verifyAuditLog',
  'Mutation.verifyMfa',
  'Mutation.requestPasswordReset',
  'Mutation.resetPassword',
  'Mutation.changePassword',
  'Mutation.requestEmailVerification',
  'Mutation.verifyEmail',
  'Mutation.elevateSession',
  'Mutation.beginMfaEnrolment',
  'Mutation.confirmMfaEnrolment',
  'Mutation.disableMfa',
  'Mutation.deleteAccount',
  'Mutation.updatePartner',
  'Mutation.setUserRoles',
  'Mutation.suspendUser',
  'Mutation.reactivateUser',
  'Mutation.deleteUser',
];
