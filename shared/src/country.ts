import { all } from 'iso-3166-1';
import { formatAddress } from 'localized-address-format';

const codes: ReadonlySet<string> = new Set(all().map(({ alpha2 }) => alpha2));

/** Whether a code is assigned by ISO 3166-1 alpha-2, in capitals. Intl knows further ones, such as EU. */
export function isCountry(code: string): boolean {
  return codes.has(code);
}

/** Whether addresses in a country have a postal code, by the data of libaddressinput; true for an unknown country. */
export function hasPostalCodes(countryCode: string): boolean {
  return hasPart(countryCode, 'postalCode');
}

/** Whether addresses in a country name a city: not in Singapore, for example; true for an unknown country. */
export function hasCities(countryCode: string): boolean {
  return hasPart(countryCode, 'locality');
}

function hasPart(countryCode: string, part: 'postalCode' | 'locality'): boolean {
  if (!isCountry(countryCode)) return true;
  return formatAddress({ postalCountry: countryCode, [part]: '0' }).some((line) => line.includes('0'));
}
