import { noteChange } from '@souk/shared/db/changes';
import type { EntityManager } from 'typeorm';
import type { UserEntity } from '../entities/user.js';
import { InputCheck, visibleText } from './input-check.js';
import { readLocale, readTimeZone } from './locale.js';
import { defaultDisplayName, lockCaller } from './user.js';
import { userTopic } from './watch.js';

/** A change of a profile: what is left out stays; null takes back to the default what has one, or clears. */
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

/** Changes the caller's profile. @throws Rejections INVALID, all at once */
export async function updateProfile(
  manager: EntityManager,
  userId: string,
  change: ProfileChange,
): Promise<UserEntity> {
  const user = await lockCaller(manager, userId);
  const input = new InputCheck('input');
  if (change.firstName !== undefined) user.firstName = input.text('firstName', change.firstName);
  if (change.lastName !== undefined) user.lastName = input.text('lastName', change.lastName);
  if (change.displayName !== undefined) {
    const chosen = visibleText(change.displayName);
    user.displayName = chosen ?? defaultDisplayName(user.firstName, user.lastName);
  }
  if (change.avatarUrl !== undefined) user.avatarUrl = input.webAddress('avatarUrl', change.avatarUrl);
  if (change.phone !== undefined) user.phone = input.phone('phone', change.phone);
  if (change.locale !== undefined) user.locale = readLocale(input, change.locale);
  if (change.timeZone !== undefined) user.timeZone = readTimeZone(input, change.timeZone);
  if (change.preferences !== undefined) user.preferences = readPreferences(input, change.preferences ?? {});
  input.throwIfAny();
  noteChange(manager, [userTopic(user.id)]);
  return manager.save(user);
}

function readPreferences(input: InputCheck, value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    input.refuse('preferences', 'Preferences are a JSON object.');
    return {};
  }
  return value;
}
