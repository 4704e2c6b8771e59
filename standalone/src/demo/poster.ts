/**
 * A listing's picture as a data URL: an SVG poster of its title over hills in its colour. Self-contained, so that
 * the demo looks the same without a network.
 */
export function poster(title: string, hue: number): string {
  const lines = wrap(title, 16);
  const text = lines
    .map((line, index) => `<text x="48" y="${96 + index * 64}">${escapeXml(line)}</text>`)
    .join('');
  const hills = [0, 1, 2]
    .map((layer) => {
      const y = 380 + layer * 70;
      const bend = (hue * (layer + 3)) % 120;
      return `<path d="M0 ${y} Q 200 ${y - 140 + bend} 400 ${y - 20} T 800 ${y - 40} V 600 H 0 Z" fill="hsl(${hue} ${38 + layer * 6}% ${52 - layer * 13}%)"/>`;
    })
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600" viewBox="0 0 800 600"><defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 62% 86%)"/><stop offset="1" stop-color="hsl(${(hue + 40) % 360} 70% 72%)"/></linearGradient></defs><rect width="800" height="600" fill="url(#sky)"/><circle cx="620" cy="${170 + (hue % 90)}" r="64" fill="hsl(${(hue + 40) % 360} 90% 92%)"/>${hills}<g font-family="Georgia, serif" font-size="56" fill="hsl(${hue} 45% 18%)">${text}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
