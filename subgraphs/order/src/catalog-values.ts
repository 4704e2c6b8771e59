import { fromApiId } from '@souk/shared/ids';
import { z } from 'zod';

/** An id of catalog's API as a UUID. */
export const typeId = (type: 'offer' | 'listing' | 'seat' | 'partner'): z.ZodType<string> =>
  z.string().transform((id, context) => {
    const uuid = fromApiId(type, id);
    if (uuid === null) context.addIssue(`not the id of a ${type}`);
    return uuid ?? z.NEVER;
  });

/** A time of catalog's API: text over HTTP, a date in the same process. */
export const time = z
  .union([z.string(), z.date()])
  .nullable()
  .transform((value) => (value === null ? null : new Date(value)));
