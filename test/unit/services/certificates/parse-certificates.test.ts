import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import {
  buildCertificateProbe,
  certificateQuestions,
} from '../../../../src/services/certificates/certificate-probe.ts';
import { parseCertificates } from '../../../../src/services/certificates/parse-certificates.ts';
import { readJavaKeystore } from '../../../../src/services/certificates/read-java-keystore.ts';
import { aCertificate, aKeystore, HOME, inDays, part, SHOWN, STORES, withHealth } from './certificate-world.ts';

const HEALTH = 'https://localhost:9443/health';
const PRODUCT = withHealth(HEALTH);

function parse(output: string, products = [PRODUCT]) {
  return parseCertificates(splitProbeOutput(output), certificateQuestions({ products }));
}

/** Only the store is asked: the port says something that is left out. */
function stored(...files: readonly (string | Buffer)[]) {
  const paths = files.map((_, index) => `${STORES}//file-${index}`).join('\n');
  const contents = files.map((file, index) =>
    part(`file.0.${index}`, typeof file === 'string' ? file : file.toString('hex')),
  );
  const found = parse(`${part('stores.0', paths)}${contents.join('')}${part('end', '')}`);
  return found
    .filter(({ where }) => where !== SHOWN)
    .map((report) => ({ ...report, where: report.where.slice(STORES.length) }));
}

describe('questions about certificates', () => {
  it('are of each https port once, of the keystores, and of the authority that checks the health', () => {
    const health = [HEALTH, 'https://localhost:9443/other', 'http://localhost:9763/', 'https://10.0.0.7/'].map(
      (url) => ({
        ...{ name: 'health', url, expectedStatus: 200, caFile: '/etc/wso2/ca.pem' },
      }),
    );
    const command = buildCertificateProbe(
      certificateQuestions({ products: [{ ...PRODUCT, home: `${HOME}/`, health }] }),
    );
    expect(command.slice(4)).toEqual([
      ...['tls', '0.0', 'localhost:9443', 'localhost'],
      ...['tls', '0.1', '10.0.0.7:443', ''],
      ...['store', '0', STORES, 'wso2'],
      ...['pem', '0.1000', '/etc/wso2/ca.pem', 'wso2'],
    ]);
  });

  it('are none of a host without a product', () => {
    expect(certificateQuestions({ products: [] })).toEqual([]);
  });
});

describe('what a port shows', () => {
  it('is the end of its certificate', () => {
    const [shown] = parse(part('tls.0.0', aCertificate('is.acme.example', 12).pem));
    expect(shown).toEqual({ where: SHOWN, product: 'is', subject: 'CN=is.acme.example', endsAt: inDays(12) });
  });

  it.each([
    [part('tls.0.0', 'openssl is not installed there', 127), 'openssl is not installed there'],
    [
      part('tls.0.0', '40C7:error:8000006F:system library:BIO_connect:Connection refused:../b.c:', 1),
      'the connection was refused',
    ],
    [part('tls.0.0', '', 124), 'no answer in time'],
    [part('tls.0.0', 'no peer certificate available', 1), 'exit code 1, no peer certificate available'],
    ['', 'the probe did not get to it'],
  ])('is unknown with the reason: %j', (output, note) => {
    expect(parse(output)[0]).toEqual({ where: SHOWN, product: 'is', subject: '', endsAt: undefined, note });
  });
});

describe('what a product keeps', () => {
  it('is each key of a keystore, and of those that it believes the ones that are no authorities', () => {
    const trusted = [
      { alias: 'root', certificate: aCertificate('Old Root', -900).der },
      { alias: 'partner', certificate: aCertificate('api.partner.example', 3, 'Some Authority').der },
    ];
    expect(stored(aKeystore({ wso2carbon: 200, internal: 5 }, trusted))).toMatchObject([
      { where: '/file-0 (wso2carbon)', subject: 'CN=wso2carbon', endsAt: inDays(200) },
      { where: '/file-0 (internal)', endsAt: inDays(5) },
      { where: '/file-0 (partner)', subject: 'CN=api.partner.example', endsAt: inDays(3) },
    ]);
  });

  it('is also a PEM chain and a bare certificate, whatever the file is called', () => {
    const chain = aCertificate('leaf', 9).pem + aCertificate('authority', 900).pem;
    expect(stored(chain, aCertificate('bare', 8).der)).toMatchObject([
      { where: '/file-0', endsAt: inDays(9) },
      { where: '/file-0 (2)', endsAt: inDays(900) },
      { where: '/file-1', endsAt: inDays(8) },
    ]);
  });

  it('is not the bundle of authorities, nor a file with a key alone', () => {
    const bundle = Array.from({ length: 8 }, (_, index) => aCertificate(`Root ${index}`, -index).pem).join('');
    expect(stored(bundle, Buffer.from('-----BEGIN P'))).toEqual([]);
  });

  it('is unknown with the reason where it is locked, strange or damaged', () => {
    const locked = Buffer.from('308209da0201033082098406', 'hex');
    const cut = aKeystore({ first: 20, second: 30 }).subarray(0, 500);
    expect(stored(locked, Buffer.from('hello'), cut).map(({ where, endsAt, note }) => [where, endsAt, note])).toEqual([
      ['/file-0', undefined, 'its certificates are encrypted with its password, which msops does not have'],
      ['/file-1', undefined, 'its format is not known'],
      ['/file-2', undefined, 'a part of it cannot be read'],
    ]);
  });

  it('is unknown where nobody could look, and nothing where there is no such directory', () => {
    const denied = parse(part('stores.0', 'sudo: a password is required', 1));
    expect(denied[1]).toMatchObject({ where: STORES, note: 'exit code 1, sudo: a password is required' });
    expect(parse(part('stores.0', `find: '${STORES}/': No such file or directory`, 1))).toHaveLength(1);
    const unreadable = `${part('stores.0', `${STORES}/a.jks`)}${part('file.0.0', 'cat: Permission denied', 1)}`;
    expect(parse(unreadable)[1]).toMatchObject({
      where: `${STORES}/a.jks`,
      note: 'exit code 1, cat: Permission denied',
    });
  });

  it('is told once when two products share it', () => {
    expect(parse('', [PRODUCT, { ...PRODUCT, name: 'other' }]).filter(({ where }) => where === SHOWN)).toHaveLength(1);
  });
});

describe('readJavaKeystore', () => {
  const whole = aKeystore({ first: 20, second: 30 }, [{ alias: 'root', certificate: aCertificate('root', 5).der }]);

  it('never throws, and never takes a damaged file for a whole one', () => {
    const damage = fc.oneof(
      fc.nat(whole.length - 21).map((length) => whole.subarray(0, length)),
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.concat([whole.subarray(0, 12), bytes])),
    );
    fc.assert(fc.property(damage, (bytes) => readJavaKeystore(bytes).entries.length <= 3));
    fc.assert(fc.property(fc.nat(whole.length - 21), (length) => readJavaKeystore(whole.subarray(0, length)).isCut));
  });

  it('reads all before a secret key, whose length nobody knows', () => {
    const withSecret = Buffer.from(aKeystore({ first: 20 }));
    withSecret.writeUInt32BE(0xcececece);
    withSecret.writeUInt32BE(2, 8);
    const secret = Buffer.concat([
      withSecret.subarray(0, -20),
      Buffer.from([0, 0, 0, 3, 0, 1, 0x61]),
      Buffer.alloc(60),
    ]);
    expect(readJavaKeystore(secret)).toMatchObject({ entries: [{ alias: 'first', kind: 'key' }], isCut: true });
  });
});
