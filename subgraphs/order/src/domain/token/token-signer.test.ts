import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { compactVerify, createLocalJWKSet } from 'jose';
import { newId, toApiId } from '@souk/shared/ids';
import { TokenSigner } from './token-signer.js';

const token = {
  id: newId(),
  code: 'TKT-0123456789AB',
  offerId: newId(),
  seatId: newId(),
  validFrom: null,
  validUntil: new Date('2026-03-01T12:00:00.900Z'),
};

describe('a signed token', () => {
  it('contains what a scanner needs, and can be verified with the public key alone', async () => {
    const signer = await TokenSigner.create(generateKeyPairSync('ed25519').privateKey);
    expect(JSON.stringify(signer.keySet)).not.toContain('"d"');
    const { payload, protectedHeader } = await compactVerify(
      await signer.sign(token),
      createLocalJWKSet(signer.keySet),
    );
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: signer.keySet.keys[0]?.kid });
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      jti: toApiId('token', token.id),
      code: token.code,
      offer: toApiId('offer', token.offerId),
      seat: toApiId('seat', token.seatId),
      exp: 1_772_366_400,
    });
  });

  it('expires in the year 9999 if it has no end', async () => {
    const signer = await TokenSigner.create(generateKeyPairSync('ed25519').privateKey);
    const signed = await signer.sign({ ...token, seatId: null, validUntil: null });
    const { payload } = await compactVerify(signed, createLocalJWKSet(signer.keySet));
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      seat: null,
      exp: Date.UTC(9999, 11, 31, 23, 59, 59) / 1_000,
    });
  });

  it('is the same each time', async () => {
    const signer = await TokenSigner.create(generateKeyPairSync('ed25519').privateKey);
    expect(await signer.sign(token)).toBe(await signer.sign(token));
  });

  it('is not verified by another key', async () => {
    const [one, other] = await Promise.all(
      [0, 1].map(() => TokenSigner.create(generateKeyPairSync('ed25519').privateKey)),
    );
    if (!one || !other) throw new Error('There are two signers.');
    await expect(compactVerify(await one.sign(token), createLocalJWKSet(other.keySet))).rejects.toThrow();
  });

  it('is verified by the published keys of its signer’s successor', async () => {
    const [old, next] = [
      generateKeyPairSync('ed25519').privateKey,
      generateKeyPairSync('ed25519').privateKey,
    ];
    const before = await TokenSigner.create(old);
    const after = await TokenSigner.create(next, [createPublicKey(old), next]);
    expect(after.keySet.keys).toHaveLength(2);
    for (const signer of [before, after])
      await compactVerify(await signer.sign(token), createLocalJWKSet(after.keySet));
    const { protectedHeader } = await compactVerify(
      await after.sign(token),
      createLocalJWKSet({ keys: after.keySet.keys.slice(0, 1) }),
    );
    expect(protectedHeader.kid).toBe(after.keySet.keys[0]?.kid);
  });

  it('is drawn as an SVG', async () => {
    const signer = await TokenSigner.create(generateKeyPairSync('ed25519').privateKey);
    const [head, data = ''] = (await signer.qrCode(token)).split(',');
    expect(head).toBe('data:image/svg+xml;base64');
    expect(Buffer.from(data, 'base64').toString()).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
  });

  it('is signed with nothing but Ed25519', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await expect(TokenSigner.create(privateKey)).rejects.toThrow('Ed25519');
  });
});
