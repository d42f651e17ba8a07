import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrubSecrets } from '../../../src/domain/scrub.ts';

const alphabet = [...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'];
const word = (minLength: number, maxLength = minLength + 20) =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength }).map((text) => `q7${text}`);
/** What a person may choose as a password: no white space and no quotes. */
const password = fc
  .tuple(
    word(4),
    fc.string({ unit: fc.constantFrom(...alphabet, ...'!#$%*+,-.:;=@^_~()[]{}|&'), maxLength: 12 }),
    word(2),
  )
  .map((parts) => parts.join(''));

const planted: Record<string, fc.Arbitrary<readonly [text: string, secret: string]>> = {
  'a private key': word(40, 200).map((key) => [
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${key}\n-----END OPENSSH PRIVATE KEY-----`,
    key,
  ]),
  'a private key that is cut': word(40, 200).map((key) => [`-----BEGIN RSA PRIVATE KEY-----\n${key}`, key]),
  'a basic authorization': word(8).map((value) => [`> Authorization: Basic ${value}==`, value]),
  'a bearer authorization of a command line': word(16).map((value) => [
    `curl -H "Authorization: Bearer ${value}" x`,
    value,
  ]),
  'a digest authorization': word(8).map((value) => [
    `Authorization: Digest username="bob", response="${value}"`,
    value,
  ]),
  'a bearer token in a sentence': word(16).map((value) => [`sent Bearer ${value} to it`, value]),
  'a cookie': word(8).map((value) => [`Set-Cookie: JSESSIONID=${value}; Path=/`, value]),
  'a password of an environment': password.map((value) => [`DB_PASSWORD=${value} ./start.sh`, value]),
  'a password of a properties file': password.map((value) => [`keystore.password = ${value}`, value]),
  'a password of a JVM': password.map((value) => [`-Djavax.net.ssl.keyStorePassword=${value} -Xmx1g`, value]),
  'a password of a key store': password.map((value) => [`keyStorePass=${value}`, value]),
  'a password of YAML': password.map((value) => [`  password: ${value}`, value]),
  'a password of JSON': password.map((value) => [`{"user":"bob","password":"${value}","port":1}`, value]),
  'a password of TOML': password.map((value) => [`admin_pass = '${value}'`, value]),
  'a password in JSON in JSON': password.map((value) => [`{"m":"{\\"passwd\\": \\"${value}\\"}"}`, value]),
  'a password of XML': password.map((value) => [`<Password>${value}</Password>`, value]),
  'a password of an XML attribute': password.map((value) => [`<ds password="${value}" user="bob"/>`, value]),
  'a password of a command line': password.map((value) => [`tool --password ${value} --user bob`, value]),
  'a password with spaces': word(8).map((value) => [`passphrase="correct ${value} battery"`, value]),
  'a password of curl': word(8).map((value) => [`curl -k -u admin:${value} https://localhost:9443`, value]),
  'a password of mysql': word(8).map((value) => [`mysqldump -u root -p${value} db`, value]),
  'a client secret': word(8).map((value) => [`client_secret=${value}&grant_type=x`, value]),
  'a token of a query': word(8).map((value) => [`GET /x?access_token=${value}&user=bob HTTP/1.1`, value]),
  'an API key': word(8).map((value) => [`X-API-Key: ${value}`, value]),
  'an AWS access key id': fc
    .string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'), minLength: 16, maxLength: 16 })
    .map((id) => [`key AKIA${id}.`, id]),
  'an AWS secret key': word(38, 38).map((value) => [`aws_secret_access_key = ${value}`, value]),
  'a Slack bot token': word(20).map((value) => [`auth xoxb-123456789012-${value}`, value]),
  'a Slack app token': word(20).map((value) => [`auth xapp-1-A012-${value}`, value]),
  'a Slack webhook': word(20).map((value) => [`POST https://hooks.slack.com/services/T01/B01/${value}`, value]),
  'a URL with a password': password.map((value) => [
    `postgres://bot:${encodeURIComponent(value)}@db:5432/x`,
    encodeURIComponent(value),
  ]),
  'a URL with a raw @ in the password': word(4).map((value) => [`https://bot:p@${value}@host/x`, value]),
  'an Oracle URL': word(6).map((value) => [`jdbc:oracle:thin:scott/${value}@db:1521/x`, value]),
  'a JWT': fc
    .tuple(word(20), word(30), word(20))
    .map(([head, body, sign]) => [`jwt eyJ${head}.eyJ${body}.${sign} end`, sign]),
  'a shadow hash': word(20).map((value) => [`bob:$6$salt1234$${value}:19000:0`, value]),
  'a WireGuard key': word(40).map((value) => [`PrivateKey = ${value}=`, value]),
};

describe('scrubSecrets', () => {
  it.each(Object.keys(planted))('takes out %s wherever it stands', (kind) => {
    fc.assert(
      fc.property(planted[kind]!, fc.lorem(), fc.lorem(), ([text, secret], before, after) => {
        expect(scrubSecrets(`${before}\n${text}\n${after}`)).not.toContain(secret);
      }),
    );
  });

  it('says that something was there, and leaves the text around it', () => {
    expect(scrubSecrets('GET /x?access_token=abc123&user=bob HTTP/1.1')).toBe(
      'GET /x?access_token=[secret]&user=bob HTTP/1.1',
    );
    expect(scrubSecrets('{"user":"bob","password":"abc","port":1}')).toBe(
      '{"user":"bob","password":"[secret]","port":1}',
    );
    expect(scrubSecrets('postgres://bot:abc@db:5432/x')).toBe('postgres://bot:[secret]@db:5432/x');
    expect(scrubSecrets('{"msg":"password=abc","user":"bob"}')).toBe('{"msg":"password=[secret]","user":"bob"}');
  });

  it.each([
    'Nov 22 09:00:49 app-1 sshd[87]: Failed password for root from 10.0.0.1 port 22 ssh2',
    'Accepted publickey for ops from 10.0.0.1 port 51234 ssh2: ED25519 SHA256:4mVFhzXxhzbyRbmGDFZFkqSpHGPhV6GQ1QYAw1mVEEk',
    '[2026-11-22 09:00:49,123]  INFO {org.wso2.carbon.core.internal.StartupFinalizerServiceComponent} - WSO2 Carbon started in 42 sec',
    'TID: [-1234] [] [2026-11-22 09:00:49] ERROR {org.apache.synapse.transport} - Connection refused: db:5432 (attempt 3 of 5)',
    'java.lang.OutOfMemoryError: Java heap space',
    '\tat org.wso2.carbon.identity.oauth2.token.AccessTokenIssuer.issue(AccessTokenIssuer.java:210)',
    '10.0.0.7 - - [22/Nov/2026:09:00:49 +0000] "GET /carbon/admin/login.jsp?user=bob HTTP/1.1" 200 1834',
    'password expired for user alice; password reset by bob',
    'sudo: a password is required',
    'bypass=true compass: north',
    'commit 5056c80e1b3b0d6d4f2a9f5d8a6c3e1b7f9d2c4a by carol',
    'see https://wso2.com/security?topic=tokens and mail ops@example.com',
    'http://app-1:9763/services/Version answered 200 in 12 ms, http://app-1:9763?mail=a@b.c too',
    'cipher TLS_AES_256_GCM_SHA384, 12 sessions, tokens used: 512',
    '/dev/sda1  41152736 38112345 1023456  98% /var',
    'the bearer of this message is authenticated',
  ])('leaves an ordinary line as it is: %s', (line) => {
    expect(scrubSecrets(line)).toBe(line);
  });

  it('leaves a JSON log line JSON', () => {
    const whole = Object.entries(planted).filter(([kind]) => kind !== 'a private key that is cut');
    fc.assert(
      fc.property(fc.oneof(...whole.map(([, arbitrary]) => arbitrary)), ([text, secret]) => {
        const line = scrubSecrets(`${JSON.stringify({ time: 1, error: { message: text }, host: 'app-1' })}\n`);
        expect(JSON.parse(line)).toMatchObject({ time: 1, host: 'app-1' });
        expect(line).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
    expect(scrubSecrets('{"token":12345,"user":"bob"}')).toBe('{"token":[secret],"user":"bob"}');
  });

  it('changes nothing more the second time', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(planted)), ([text]) => {
        const once = scrubSecrets(text);
        expect(scrubSecrets(once)).toBe(once);
      }),
    );
  });

  it('ends soon on long hostile text', () => {
    const hostile = [
      'a',
      'password',
      '-----BEGIN PRIVATE KEY-----',
      'http://a:',
      'Authorization: ',
      'eyJ',
      '<Password ',
      'curl -u ',
      '"',
      '\\',
    ];
    for (const part of hostile) {
      expect(scrubSecrets(part.repeat(20_000)).length).toBeGreaterThan(0);
    }
  }, 10_000);
});
