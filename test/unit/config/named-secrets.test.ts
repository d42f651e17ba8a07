import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { createConfigSource } from '../../../src/config/config-source.ts';
import { createNamedSecrets } from '../../../src/config/named-secrets.ts';
import { CONFIG_TEXT } from '../../support/config-file.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

describe('secrets that the configuration calls by a name', () => {
  const directory = mkdtempSync(join(tmpdir(), 'msops-secrets-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const write = (name: string, content: string) => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };

  it('come from a variable, a file or the credentials of systemd', () => {
    const credential = write('MSOPS_SECRET_THREE', 'third\n');
    const secrets = createNamedSecrets({
      MSOPS_SECRET_ONE: 'first',
      MSOPS_SECRET_TWO_FILE: write('two', 'second\n'),
      CREDENTIALS_DIRECTORY: directory,
    });
    expect(['one', 'two', 'three'].map((name) => secrets.get(name)?.reveal())).toEqual(['first', 'second', 'third']);
    writeFileSync(credential, 'renewed');
    expect(secrets.get('three')?.reveal()).toBe('renewed');
  });

  it('are missing when nothing, or nothing that can be read, has them', () => {
    const secrets = createNamedSecrets({ MSOPS_SECRET_EMPTY: '', MSOPS_SECRET_GONE_FILE: join(directory, 'gone') });
    expect(['empty', 'gone', 'other'].map((name) => secrets.get(name))).toEqual([undefined, undefined, undefined]);
  });

  it('show themselves nowhere', () => {
    const secrets = createNamedSecrets({ MSOPS_SECRET_ONE: 'first' });
    expect(`${inspect(secrets)} ${inspect(secrets.get('one'))} ${JSON.stringify(secrets.get('one'))}`).not.toContain(
      'first',
    );
  });

  it('must all be there at the start, and are listed with what they are for', () => {
    const file = write(
      'msops.yml',
      CONFIG_TEXT.replace(
        '    slack_team: T0ACME\n',
        `    slack_team: T0ACME
    tokens: { metrics: acme_metrics }
    receivers:
      webhooks: [{ name: desk, url: "https://desk.example/", token: acme_desk }]
      mail: { from: a@acme.example, gateways: [{ smtp: { host: m.example, username: u, password: acme_smtp } }] }
`,
      ),
    );
    const source = (secrets: Record<string, string>) =>
      createConfigSource({ file, secrets: createNamedSecrets(secrets), logger: createRecordingLogger() });
    const all = { MSOPS_SECRET_ACME_METRICS: 'a', MSOPS_SECRET_ACME_DESK: 'b', MSOPS_SECRET_ACME_SMTP: 'c' };
    expect(source(all).current().inventory.customers).toHaveLength(2);
    expect(() => source({ ...all, MSOPS_SECRET_ACME_SMTP: '' })).toThrow(
      /names a secret that is not there:\n {2}- the secret acme_smtp, for the SMTP server of acme, is missing: set MSOPS_SECRET_ACME_SMTP or its _FILE$/,
    );
    expect(() => source({})).toThrow(/3 secrets that are not there/);
  });
});
