import { isPlainSvg } from './svg-check.js';

const raster = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/]+={0,2}$/;
const svg = /^data:image\/svg\+xml(?:;charset=utf-8)?(;base64)?,(.*)$/is;

/**
 * Returns why an address cannot be a listing's image, or null if it can. Credentials in addresses are
 * rejected earlier, for all inputs (graph/input-rules.ts).
 */
export function validateImageAddress({ protocol, href }: URL): string | null {
  if (protocol === 'http:' || protocol === 'https:') return null;
  if (protocol !== 'data:') return 'The address must begin with https:, http: or data:.';
  if (raster.test(href)) return null;
  const [, encoding, data = ''] = svg.exec(href) ?? [];
  if (data === '') return 'A data: address must hold a PNG, JPEG, GIF, WebP, AVIF or SVG image.';
  return isPlainSvg(decoded(data, encoding !== undefined))
    ? null
    : 'An SVG image may hold shapes, gradients and text only: no scripts, styles, links or external content.';
}

/** Decodes the text of a data: address; returns an empty string for invalid encoding. */
function decoded(data: string, isBase64: boolean): string {
  try {
    const text = decodeURIComponent(data);
    return isBase64 ? Buffer.from(text, 'base64').toString() : text;
  } catch {
    return '';
  }
}
