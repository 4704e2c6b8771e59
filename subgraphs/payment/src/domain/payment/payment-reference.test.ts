import { newReference } from './payment-reference.js';

describe('newReference', () => {
  it('returns PAY- and ten unambiguous characters', () => {
    const references = Array.from({ length: 2_000 }, newReference);
    for (const reference of references) expect(reference).toMatch(/^PAY-[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(new Set(references).size).toBe(references.length);
    expect(new Set(references.join('').slice(4)).size).toBeGreaterThanOrEqual(32);
  });
});
