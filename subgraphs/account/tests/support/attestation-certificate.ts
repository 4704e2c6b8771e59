import { createPrivateKey } from 'node:crypto';

/** A self-signed certificate of these tests (EC, P-256), in DER. */
export const attestationCertificate = Buffer.from(
  'MIIBmDCCAT2gAwIBAgIUVNWKZ6Bpyg7D/v6XC36friXbOIswCgYIKoZIzj0EAwIwIDEeMBwGA1UEAwwVU291ayB0ZX' +
    'N0IGF0dGVzdGF0aW9uMCAXDTI2MTEzMDEyMzIyMVoYDzIxMjYxMTA2MTIzMjIxWjAgMR4wHAYDVQQDDBVTb3VrIHRl' +
    'c3QgYXR0ZXN0YXRpb24wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATG5EzE1cejQk6oCdPbjRQanc07ImuxEiTekG' +
    '3TL+yX2UjhSBAhP+LHIk00tJGfvG2mKf8yn3eASz+Zxf7lQ8nCo1MwUTAdBgNVHQ4EFgQUGP3wcrIjmxsfuL3JzK6d' +
    '9Wd/l7EwHwYDVR0jBBgwFoAUGP3wcrIjmxsfuL3JzK6d9Wd/l7EwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAg' +
    'NJADBGAiEAmXDKZwQjH42e+nqQJvDEdgUA8BloM4Zxa0t452ZpVooCIQDhN1IxXKhpUHdRhzk0XB8M9JK2BvdH/Bew' +
    'qorZU2q4kA==',
  'base64',
);

/** The private key of the certificate. */
export const attestationKey = createPrivateKey({
  key: Buffer.from(
    'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgvgfJbSRanZ9T155BCZthkqdoGj/HCp686PRMhJRRxJ' +
      'ihRANCAATG5EzE1cejQk6oCdPbjRQanc07ImuxEiTekG3TL+yX2UjhSBAhP+LHIk00tJGfvG2mKf8yn3eASz+Zxf7l' +
      'Q8nC',
    'base64',
  ),
  format: 'der',
  type: 'pkcs8',
});
