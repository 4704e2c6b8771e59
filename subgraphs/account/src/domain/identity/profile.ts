import { changedFields } from '@souk/shared/changed-fields';
import { accountEvents, accountStates } from '@souk/shared/contracts/account';
import type { Outbox } from '@souk/shared/db/outbox';
import { publishChange, publishStateChange } from '@souk/shared/db/pending-changes';
import type { EntityManager } from 'typeorm';
import { UserEntity } from '../../entities/user.js';
import { InputCheck } from '@souk/shared/input-check';
import { visibleText } from '@souk/shared/text';
import { validatePhone } from './phone.js';
import { validateLocale, validateTimeZone } from './locale.js';
import { createDisplayName, lockCaller } from './user.js';
import { userTopic } from '../topics.js';

/** A change to a profile. Omitted fields are unchanged; null resets a field to its default or clears it. */
export interface ProfileChange {
  firstName?: string | null;
  lastName?: string | null;
  displayName?: string | null;
  avatarUrl?: URL | null;
  phone?: string | null;
  locale?: string | null;
  timeZone?: string | null;
  preferences?: unknown;
}

/** Updates the caller's profile. @throws Rejections INVALID, all at once */
export async function updateProfile(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  change: ProfileChange,
): Promise<UserEntity> {
  const user = await lockCaller(manager, userId);
  const before = Object.assign(new UserEntity(), user);
  const input = new InputCheck(['input']);
  if (change.firstName !== undefined) user.firstName = input.text('firstName', change.firstName);
  if (change.lastName !== undefined) user.lastName = visibleText(change.lastName) ?? '';
  if (change.displayName !== undefined) {
    const displayName = visibleText(change.displayName);
    user.displayName = displayName ?? createDisplayName(user.firstName, user.lastName);
  }
  if (change.avatarUrl !== undefined) user.avatarUrl = input.url('avatarUrl', change.avatarUrl);
  if (change.phone !== undefined) user.phone = validatePhone(input, change.phone);
  if (change.locale !== undefined) user.locale = validateLocale(input, change.locale);
  if (change.timeZone !== undefined) user.timeZone = validateTimeZone(input, change.timeZone);
  if (change.preferences !== undefined)
    user.preferences = validatePreferences(input, change.preferences ?? {});
  input.throwIfAny();
  const changed = changedFields(before, user);
  if (changed.length > 0) {
    const { displayName, avatarUrl, locale, timeZone } = user;
    const profile = { displayName, avatarUrl, locale, timeZone };
    outbox.publish(accountEvents.profileUpdated, userId, { userId, changed, ...profile });
    publishStateChange(manager, accountStates.people);
  }
  publishChange(manager, [userTopic(user.id)]);
  return manager.save(user);
}

function validatePreferences(input: InputCheck, value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    input.refuse('preferences', 'Must be a JSON object.');
    return {};
  }
  return value;
}
