import { z } from 'zod';

/** Values that several contracts share. */
export const uuid = z.uuid();

/** ISO 8601 in UTC. */
export const instant = z.iso.datetime();

/** Names of the API's fields that a change has given another value. */
export const changedFields = z.array(z.string().min(1).max(50)).min(1).max(50);

/** Integer minor units and an ISO 4217 code. */
export const money = z.object({ amount: z.int().min(0), currency: z.string().length(3) });

/** An answer that says no more than "done". */
export const nothing = z.object({});

/** A postal address as it was when it was read: an order keeps its own copy. */
export const address = z.object({
  id: uuid,
  label: z.string().nullable(),
  recipient: z.string(),
  line1: z.string(),
  line2: z.string().nullable(),
  city: z.string(),
  region: z.string().nullable(),
  postalCode: z.string(),
  countryCode: z.string().length(2),
  phone: z.string().nullable(),
  isDefault: z.boolean(),
});

/** How one unit is delivered to the buyer. */
export const fulfilment = z.enum(['SHIPMENT', 'TOUR_TOKEN', 'LICENCE', 'TICKET']);

/** How an order is paid. */
export const paymentMethod = z.enum(['CREDIT_CARD', 'BANK_TRANSFER', 'E_WALLET', 'VIRTUAL_ACCOUNT']);

/** A person whose account is deleted, and the partner that they own. */
export const leavingPerson = z.object({ userId: uuid, partnerId: uuid.nullable() });

/** Reasons against the deletion of an account, for users; none: nothing speaks against it. */
export const obstacles = z.object({ obstacles: z.array(z.string().min(1).max(300)).max(10) });
