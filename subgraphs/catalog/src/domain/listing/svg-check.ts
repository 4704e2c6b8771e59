const namespace = 'http://www.w3.org/2000/svg';

/** Shapes, gradients and text; nothing that executes, embeds or loads content. */
const elements = new Set(
  `svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop
   clipPath`.split(/\s+/),
);

const attributes = new Set(
  `xmlns width height viewBox preserveAspectRatio id d x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy points offset
   transform opacity fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
   stroke-dasharray stop-color stop-opacity gradientUnits gradientTransform spreadMethod clip-path clip-rule
   font-family font-size font-style font-weight text-anchor dominant-baseline letter-spacing role`.split(
    /\s+/,
  ),
);

/** An attribute may reference only a part of the image itself. */
const reference = /url\(/i;
const ownReference = /^url\(#[\w-]+\)$/;

const tag = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z][\w:-]*="[^"<&]*")*)\s*(\/?)>/y;
const attribute = /([A-Za-z][\w:-]*)="([^"<&]*)"/g;
const characters = /(?:[^<&]|&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\dA-Fa-f]{1,6});)+/y;

/**
 * Whether a text is an SVG image that consists of allowed elements and attributes: no scripts, event
 * handlers, styles, foreign objects, animations, links or external references. The grammar is a subset of XML
 * (no comments, CDATA, declarations or custom entities), so that every parser reads the same image.
 */
export function isPlainSvg(text: string): boolean {
  const open: string[] = [];
  let at = 0;
  let isOver = false;
  while (at < text.length) {
    characters.lastIndex = at;
    const [between = ''] = characters.exec(text) ?? [];
    if (open.length === 0 && between.trim() !== '') return false;
    at += between.length;
    if (at === text.length) break;
    tag.lastIndex = at;
    const [whole, closing, name = '', given = '', selfClosing] = tag.exec(text) ?? [];
    if (whole === undefined || isOver || !elements.has(name)) return false;
    at += whole.length;
    if (closing) {
      if (selfClosing || given !== '' || open.pop() !== name) return false;
    } else {
      if ((open.length === 0) !== (name === 'svg') || !hasPlainAttributes(name, given)) return false;
      if (!selfClosing) open.push(name);
    }
    isOver = open.length === 0;
  }
  return isOver;
}

function hasPlainAttributes(element: string, given: string): boolean {
  const found = new Map([...given.matchAll(attribute)].map(([, name = '', value = '']) => [name, value]));
  // Browsers treat elements without this namespace as something other than SVG.
  if (element === 'svg' && found.get('xmlns') !== namespace) return false;
  return [...found].every(([name, value]) => {
    if (!attributes.has(name)) return false;
    if (name === 'xmlns') return element === 'svg';
    return !reference.test(value) || ownReference.test(value);
  });
}
