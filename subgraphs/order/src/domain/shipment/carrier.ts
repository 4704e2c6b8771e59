/** Pages of carriers that show where a parcel is, by the carrier's name in small letters without spaces and signs. */
const trackingPages: Readonly<Record<string, string>> = {
  colissimo: 'https://www.laposte.fr/outils/suivre-vos-envois?code=',
  dhl: 'https://www.dhl.com/global-en/home/tracking.html?submit=1&tracking-id=',
  dpd: 'https://tracking.dpd.de/status/en_US/parcel/',
  fedex: 'https://www.fedex.com/fedextrack/?trknbr=',
  laposte: 'https://www.laposte.fr/outils/suivre-vos-envois?code=',
  royalmail: 'https://www.royalmail.com/track-your-item#/tracking-results/',
  ups: 'https://www.ups.com/track?tracknum=',
  usps: 'https://tools.usps.com/go/TrackConfirmAction?tLabels=',
};

/** The page on which a carrier shows where a parcel is; null for other carriers, and without a tracking number. */
export function trackingUrlOf(carrier: string, trackingNumber: string | null): string | null {
  const name = carrier.toLowerCase().replaceAll(/[^a-z]/g, '');
  const page = Object.hasOwn(trackingPages, name) ? trackingPages[name] : undefined;
  return page === undefined || trackingNumber === null
    ? null
    : `${page}${encodeURIComponent(trackingNumber)}`;
}
