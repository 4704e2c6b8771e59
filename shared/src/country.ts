import { all } from 'iso-3166-1';
import { formatAddress } from 'localized-address-format';

const codes: ReadonlySet<string> = new Set(all().map(({ alpha2 }) => alpha2));

/** Whether a code is assigned by ISO 3166-1 alpha-2, in capitals. Intl knows further ones, such as EU. */
export function isCountry(code: string): boolean {
  return codes.has(code);
}

/** Whether addresses in a country have a postal code, by the data of libaddressinput; true for an unknown country. */
export function hasPostalCodes(countryCode: string): boolean {
  return !isCountry(countryCode) || formatAddress({ postalCountry: countryCode, postalCode: '0' }).length > 0;
}
