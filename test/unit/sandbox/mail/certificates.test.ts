import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../../../sandbox/mail/certificates.ts';

describe('createAuthority', () => {
  const authority = createAuthority('An authority');
  const root = new X509Certificate(authority.certificate);

  it('signs itself, as an authority', () => {
    expect(root.ca).toBe(true);
    expect(root.verify(root.publicKey)).toBe(true);
    expect(root.subject).toBe('CN=An authority');
  });

  it('issues certificates for names and addresses', () => {
    const { certificate } = authority.issue(['mail.acme.example', '127.0.0.1']);
    const issued = new X509Certificate(certificate);
    expect(issued.verify(root.publicKey)).toBe(true);
    expect(issued.checkIssued(root)).toBe(true);
    expect(issued.ca).toBe(false);
    expect(issued.checkHost('mail.acme.example')).toBe('mail.acme.example');
    expect(issued.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(issued.checkHost('mail.globex.example')).toBeUndefined();
  });

  it('issues certificates for any time', () => {
    const until = new Date('2051-06-01T12:00:00Z');
    const issued = new X509Certificate(authority.issue(['x.example'], { from: new Date(0), until }).certificate);
    expect(issued.validToDate).toEqual(until);
    expect(issued.validFromDate).toEqual(new Date(0));
  });

  it('gives each certificate a number and a key of its own', () => {
    const [one, two] = [authority.issue(['x.example']), authority.issue(['x.example'])];
    const read = new X509Certificate(one.certificate);
    expect(read.serialNumber).not.toBe(new X509Certificate(two.certificate).serialNumber);
    expect(read.checkPrivateKey(createPrivateKey(one.key))).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(two.key))).toBe(false);
  });
});
