import { isSlug, withFreeSlug } from './slug.js';

describe('isSlug', () => {
  it.each(['a', '7', 'cafe-del-mar', 'a'.repeat(100)])('accepts %j', (slug) => {
    expect(isSlug(slug)).toBe(true);
  });

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
