/** Converts amounts between columns (bigint, which the driver reads as text) and safe integers. */
export const minorUnits = {
  to: (amount: number | null): number | null => amount,
  from: (amount: string | null): number | null => (amount === null ? null : Number(amount)),
};
