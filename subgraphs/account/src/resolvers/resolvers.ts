import { mergeResolvers } from '@souk/shared/graph/merge-resolvers';
import type { Resolvers } from '../generated/resolvers.js';
import { accountDeletionResolvers } from './account-deletion.js';
import { addressResolvers } from './address.js';
import { auditResolvers } from './audit.js';
import { authenticationResolvers } from './authentication.js';
import { emailResolvers } from './email.js';
import { partnerResolvers } from './partner.js';
import { passkeyResolvers } from './passkey.js';
import { secondFactorResolvers } from './second-factor.js';
import { systemSettingResolvers } from './system-setting.js';
import { userResolvers } from './user.js';

/** All resolvers of account. */
export const resolvers: Resolvers = mergeResolvers(
  accountDeletionResolvers,
  addressResolvers,
  auditResolvers,
  authenticationResolvers,
  emailResolvers,
  partnerResolvers,
  passkeyResolvers,
  secondFactorResolvers,
  systemSettingResolvers,
  userResolvers,
);
