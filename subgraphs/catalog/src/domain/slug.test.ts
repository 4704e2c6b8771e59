import { isSlug, slugOf, withFreeSlug } from './slug.js';

describe('slugOf', () => {
  it.each([
    ['Café del Mar', 'cafe-del-mar'],
    ['  --Hello,   World!-- ', 'hello-world'],
    ['東京', 'listing'],
    ['Straße & Söhne', 'stra-e-sohne'],
    ['a'.repeat(300), 'a'.repeat(80)],
    [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
  ])('makes %j into a slug', (title, slug) => {
    expect(slugOf(title, 'listing')).toBe(slug);
    expect(isSlug(slug)).toBe(true);
  });
});

describe('isSlug', () => {
  it.each(['', '-a', 'a-', 'a--b', 'A', 'a b', 'ä', 'a'.repeat(101)])('refuses %j', (slug) => {
    expect(isSlug(slug)).toBe(false);
  });
});

describe('withFreeSlug', () => {
  it('adds a suffix to a generated slug that is taken', async () => {
    const taken = new Set(['tour']);
    const slug = await withFreeSlug(null, 'tour', async (candidate) => !taken.has(candidate));
    expect(slug).toMatch(/^tour-[0-9a-f]{6}$/);
  });

  it('does not change a slug that was given', async () => {
    await expect(withFreeSlug('tour', 'other', async () => false)).resolves.toBeNull();
  });
});
