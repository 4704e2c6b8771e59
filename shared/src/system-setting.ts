import type { Json } from './errors.js';

/** A setting whose value is an integer from `min` to `max`. */
interface NumberSetting {
  kind: 'number';
  default: number;
  min: number;
  max: number;
  description: string;
}

/** A setting that is on or off. */
interface BooleanSetting {
  kind: 'boolean';
  default: boolean;
  description: string;
}

/** A system setting: its kind, bounds and default. */
export type SettingDefinition = NumberSetting | BooleanSetting;

function integer(
  defaultValue: number,
  { min = 1, max }: { min?: number; max: number },
  description: string,
): NumberSetting {
  return { kind: 'number', default: defaultValue, min, max, description };
}

function flag(defaultValue: boolean, description: string): BooleanSetting {
  return { kind: 'boolean', default: defaultValue, description };
}

/**
 * All system settings by key. A stored value applies in every process within 5 s. Until one is stored, the environment
 * variable that a description names applies if it is set, else the default.
 */
export const systemSettings = {
  'checkout.paymentTimeoutMinutes': integer(
    30,
    { max: 43_200 },
    'Minutes that a checkout waits for its payment. Applies to checkouts that start later. Overrides CHECKOUT_PAYMENT_TIMEOUT_MINUTES.',
  ),
  'checkout.requireVerifiedEmail': flag(
    false,
    'Whether only buyers with a verified e-mail address may buy: checkouts of others fail with USER_NOT_ELIGIBLE.',
  ),
  'catalog.holdMinutes': integer(
    10,
    { max: 1_440 },
    'Minutes that seats are held before a checkout. Applies to holds that start or are extended later. Overrides CATALOG_HOLD_MINUTES.',
  ),
  'catalog.lowStockThreshold': integer(
    5,
    { max: 1_000_000 },
    'Offers with fewer free units are LOW_STOCK. Overrides CATALOG_LOW_STOCK_THRESHOLD.',
  ),
  'partner.defaultCommissionBasisPoints': integer(
    1_000,
    { max: 10_000 },
    "The platform's share of a partner's sales in hundredths of a percent, where verifyPartner states none. Applies to partners who are verified later.",
  ),
  'gateway.rateLimitPerMinute': integer(
    600,
    { max: 1_000_000_000 },
    'Points per minute of one user, and of the anonymous callers of one network. Overrides RATE_LIMIT_PER_MINUTE; outside production requests are not limited until one of both is set.',
  ),
  'platform.maintenance': flag(
    false,
    'Whether mutations are refused with SERVICE_UNAVAILABLE, except login, verifyMfa, beginPasskeyLogin, finishPasskeyLogin, refreshSession, setSystemSetting and resetSystemSetting.',
  ),
  'gateway.registrationsPerHour': integer(
    1_000,
    { max: 1_000_000_000 },
    'Accounts that can be registered from one network per hour. Overrides REGISTRATIONS_PER_HOUR; outside production registrations are not limited until one of both is set.',
  ),
  'payments.mfaAboveAmount': integer(
    0,
    { min: 0, max: Number.MAX_SAFE_INTEGER },
    'Refunds above this amount, in minor units, require a recent second factor. 0: none do.',
  ),
  'cart.reminderHours': integer(
    24,
    { min: 0, max: 720 },
    'Hours after the last change of a cart with items after which its owner is reminded of it. 0: never.',
  ),
  'retention.endedSessionHours': integer(
    1,
    { max: 8_760 },
    'Hours after which an ended session is deleted, with its device and address.',
  ),
  'retention.failedLoginHours': integer(
    1,
    { max: 8_760 },
    'Hours after which a failed login is deleted, with its network. Limits count the last hour.',
  ),
  'retention.knownNetworkDays': integer(
    30,
    { max: 30 },
    'Days after the last login from a network after which the account no longer knows it.',
  ),
  'retention.guestCartDays': integer(
    30,
    { max: 3_650 },
    'Days after the last change of a cart that is not a main cart; then it is deleted. Overrides CART_GUEST_DAYS.',
  ),
  'retention.failedOrderDays': integer(
    90,
    { max: 3_650 },
    'Days after which an order whose checkout failed without a payment is deleted. Overrides CHECKOUT_FAILED_DAYS.',
  ),
  'retention.notificationDays': integer(
    90,
    { max: 3_650 },
    'Days after which a notification is deleted, with its deliveries.',
  ),
  'retention.messageDays': integer(
    100,
    { min: 100, max: 3_650 },
    'Days after which stored replies to sagas, and messages and events that were set aside, are deleted. Sagas are repeated for 90 days.',
  ),
} as const satisfies Readonly<Record<string, SettingDefinition>>;

/** The key of a system setting. */
export type SettingKey = keyof typeof systemSettings;

/** The type of a setting's value. */
export type SettingValue<Key extends SettingKey> = (typeof systemSettings)[Key] extends BooleanSetting
  ? boolean
  : number;

/** The keys in the order in which they are listed. */
export const settingKeys = Object.keys(systemSettings) as SettingKey[];

/** Whether a text is the key of a setting. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(systemSettings, key);
}

/** The reason why a value does not fit a setting, for users; null if it fits. */
export function settingProblem(key: SettingKey, value: Json): string | null {
  const definition: SettingDefinition = systemSettings[key];
  if (definition.kind === 'boolean') return typeof value === 'boolean' ? null : 'Must be true or false.';
  const { min, max } = definition;
  const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
  return fits ? null : `Must be an integer from ${min} to ${max}.`;
}

/** The system settings as they apply in this process. */
export interface SystemSettings {
  /**
   * The stored value; where none is stored, `fallback`, which is the process's own setting from its environment;
   * else the default. At most 5 s late.
   */
  get<Key extends SettingKey>(key: Key, fallback?: SettingValue<Key>): SettingValue<Key>;
}

/** System settings of which the given ones are stored. */
export function settingsFrom(stored: ReadonlyMap<string, Json>): SystemSettings {
  return {
    get: <Key extends SettingKey>(key: Key, fallback?: SettingValue<Key>): SettingValue<Key> => {
      const value = stored.get(key);
      // Stored by another release, whose bounds were different.
      const isUsable = value !== undefined && settingProblem(key, value) === null;
      return (isUsable ? value : (fallback ?? systemSettings[key].default)) as SettingValue<Key>;
    },
  };
}

/** The settings of a process without stored ones. */
export const noStoredSettings: SystemSettings = settingsFrom(new Map());
