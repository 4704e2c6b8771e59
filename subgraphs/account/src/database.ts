import { AddressEntity } from './entities/address.js';
import { AuditEntryEntity } from './entities/audit-entry.js';
import { PasskeyEntity } from './entities/passkey.js';
import { PartnerEntity } from './entities/partner.js';
import { RefreshTokenEntity, SessionEntity } from './entities/session.js';
import { SystemSettingEntity } from './entities/system-setting.js';
import { UserEntity } from './entities/user.js';
import { Account1763600100000 } from './migrations/1763600100000-account.js';
import { EndedSessions1763600200000 } from './migrations/1763600200000-ended-sessions.js';
import { KnownNetworks1764400000000 } from './migrations/1764400000000-known-networks.js';
import { RepeatedRefreshes1764900000000 } from './migrations/1764900000000-repeated-refreshes.js';
import { SystemSettings1765600000000 } from './migrations/1765600000000-system-settings.js';
import { UserAdministration1765700000000 } from './migrations/1765700000000-user-administration.js';
import { ReplicatedPeople1765700100000 } from './migrations/1765700100000-replicated-people.js';
import { EmailTokens1796035647000 } from './migrations/1796035647000-email-tokens.js';
import { Passkeys1796035668000 } from './migrations/1796035668000-passkeys.js';
import { SecondFactors1796035667000 } from './migrations/1796035667000-second-factors.js';
import { ExternalIdentities1796039400000 } from './migrations/1796039400000-external-identities.js';
import { AccountDeletion1796039710000 } from './migrations/1796039710000-account-deletion.js';
import { AuditLog1796040186000 } from './migrations/1796040186000-audit-log.js';
import { PublishRegistrations1764100000000 } from './migrations/1764100000000-publish-registrations.js';

/** Entities of account's database. */
export const entities = [
  UserEntity,
  AddressEntity,
  SessionEntity,
  RefreshTokenEntity,
  PartnerEntity,
  PasskeyEntity,
  SystemSettingEntity,
  AuditEntryEntity,
];

/** Migrations of account's database, in order. */
export const migrations = [
  Account1763600100000,
  EndedSessions1763600200000,
  PublishRegistrations1764100000000,
  KnownNetworks1764400000000,
  RepeatedRefreshes1764900000000,
  SystemSettings1765600000000,
  UserAdministration1765700000000,
  ReplicatedPeople1765700100000,
  EmailTokens1796035647000,
  SecondFactors1796035667000,
  Passkeys1796035668000,
  ExternalIdentities1796039400000,
  AccountDeletion1796039710000,
  AuditLog1796040186000,
];
