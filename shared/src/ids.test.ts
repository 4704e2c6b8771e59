import { fromApiId, madeAt, newId, toApiId } from './ids.js';

it('goes to the API and back', () => {
  const uuid = newId();
  const id = toApiId('order', uuid);
  expect(id).toMatch(/^order_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
  expect(fromApiId('order', id)).toBe(uuid);
});

it('knows no id of another type, nor a malformed one', () => {
  const uuid = newId();
  expect(fromApiId('order', toApiId('user', uuid))).toBeNull();
  for (const id of [
    '',
    'order_',
    'order_zzz',
    uuid,
    `${toApiId('order', uuid)}x`,
    'ORDER_01h455vb4pex5vsknk084sn02q',
  ]) {
    expect(fromApiId('order', id)).toBeNull();
  }
});

it('grows with time', () => {
  const ids = Array.from({ length: 1_000 }, newId);
  expect([...ids].sort()).toEqual(ids);
});

it('says when it was made', () => {
  const before = Date.now();
  const made = madeAt(newId())?.getTime();
  expect(made).toBeGreaterThanOrEqual(before);
  expect(made).toBeLessThanOrEqual(Date.now());
  for (const other of ['3f2b0c52-0c8f-4c5b-9a40-1f0d6c9b7a11', 'nonsense', ''])
    expect(madeAt(other)).toBeNull();
});
