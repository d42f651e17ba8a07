import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnv } from '../../../src/config/env.ts';
import { ENV_SETTINGS } from '../../../src/config/env-settings.ts';
import { SetupError } from '../../../src/domain/errors.ts';

const KEY = '-----BEGIN OPENSSH PRIVATE KEY-----\nhidden-key\n-----END OPENSSH PRIVATE KEY-----';
const RIGHT = { SLACK_BOT_TOKEN: 'xoxb-hidden', SLACK_APP_TOKEN: 'xapp-hidden', SSH_AUTH_SOCK: '/run/agent.sock' };

function problemsOf(source: Record<string, string | undefined>): string {
  try {
    readEnv(source);
  } catch (error) {
    expect(error).toBeInstanceOf(SetupError);
    return (error as SetupError).message;
  }
  return '';
}

describe('readEnv', () => {
  const directory = mkdtempSync(join(tmpdir(), 'msops-env-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const fileWith = (name: string, content: string) => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };

  it('fills in what is not set', () => {
    expect(readEnv(RIGHT)).toMatchObject({
      slack: { mode: 'socket', apiUrl: 'https://slack.com/api/' },
      ssh: { agentSocket: '/run/agent.sock', privateKey: undefined, passphrase: undefined },
      configFile: 'msops.yml',
      dataDir: '.msops',
      databaseUrl: undefined,
      updateCredentials: undefined,
      logLevel: 'info',
      healthPort: undefined,
    });
  });

  it('reads the settings of HTTP mode', () => {
    const source = {
      ...RIGHT,
      SLACK_APP_TOKEN: undefined,
      SLACK_MODE: 'http',
      SLACK_SIGNING_SECRET: 'hidden',
      PORT: '0',
    };
    const { slack } = readEnv(source);
    expect(slack).toMatchObject({ mode: 'http', port: 0 });
    expect(slack.mode === 'http' && slack.signingSecret.reveal()).toBe('hidden');
  });

  it('serves web pages where it is told to, and nowhere when it is not', () => {
    expect(readEnv(RIGHT).web).toBeUndefined();
    const url = 'https://msops.meridian.example/';
    expect(readEnv({ ...RIGHT, WEB_URL: url }).web).toEqual({ url: url.slice(0, -1), host: '127.0.0.1', port: 8080 });
    expect(readEnv({ ...RIGHT, WEB_URL: 'http://127.0.0.1:81', WEB_HOST: '::', WEB_PORT: '81' }).web?.host).toBe('::');
  });

  it.each(['http://msops.meridian.example', 'https://msops.example/path', 'https://msops.example/?a', 'msops.example'])(
    'refuses %s as the address of the web pages',
    (url) => {
      expect(problemsOf({ ...RIGHT, WEB_URL: url })).toMatch(/ {2}- WEB_URL: wrong; address of the web pages/);
    },
  );

  it('lists everything that is missing at once and points to the sandbox', () => {
    const message = problemsOf({});
    expect(message).toMatch(/^msops cannot start: 3 settings are missing or wrong\.\n/);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SSH_PRIVATE_KEY']) {
      expect(message).toContain(`  - ${name}: missing; `);
    }
    expect(message).not.toContain('SLACK_SIGNING_SECRET');
    expect(message).toContain('npm run sandbox');
  });

  it('asks for what the mode needs', () => {
    expect(problemsOf({ ...RIGHT, SLACK_APP_TOKEN: '', SLACK_MODE: 'http' })).toContain(
      '- SLACK_SIGNING_SECRET: missing',
    );
    expect(problemsOf({ ...RIGHT, SLACK_APP_TOKEN: '', SLACK_MODE: 'http' })).not.toContain('SLACK_APP_TOKEN');
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-hidden'],
    ['SLACK_BOT_TOKEN', 'xoxb-hid den'],
    ['SLACK_APP_TOKEN', 'xoxb-hidden'],
    ['SLACK_MODE', 'hidden'],
    ['PORT', '65536'],
    ['PORT', '0x1hidden'],
    ['SLACK_API_URL', 'hidden'],
    ['SLACK_API_URL', 'file:///hidden'],
    ['DATABASE_URL', 'mysql://hidden'],
    ['SSH_PRIVATE_KEY', '/home/hidden/.ssh/id_ed25519'],
    ['LOG_LEVEL', 'hidden'],
    ['HEALTH_PORT', '-1hidden'],
  ])('refuses a wrong %s without repeating it', (name, value) => {
    const message = problemsOf({ ...RIGHT, [name]: value });
    expect(message).toContain(`1 setting is missing or wrong.\n  - ${name}: wrong; `);
    expect(message).not.toMatch(/hid/);
  });

  it('reports the wrong beside the missing', () => {
    const message = problemsOf({ SLACK_BOT_TOKEN: 'wrong', LOG_LEVEL: 'loud' });
    expect(message).toMatch(
      /4 settings[\s\S]*SLACK_BOT_TOKEN: wrong[\s\S]*LOG_LEVEL: wrong[\s\S]*SLACK_APP_TOKEN: missing/,
    );
  });

  it('takes an empty setting for a missing one', () => {
    expect(problemsOf({ ...RIGHT, SLACK_BOT_TOKEN: '' })).toContain('SLACK_BOT_TOKEN: missing');
    expect(readEnv({ ...RIGHT, HEALTH_PORT: '' }).healthPort).toBeUndefined();
  });

  it.each([
    ['WSO2_UPDATE_USERNAME', 'WSO2_UPDATE_PASSWORD'],
    ['WSO2_UPDATE_PASSWORD', 'WSO2_UPDATE_USERNAME'],
  ])('wants for %s the %s too', (name, other) => {
    expect(problemsOf({ ...RIGHT, [name]: 'hidden' })).toMatch(new RegExp(`1 setting[^-]*- ${other}: missing;`));
  });

  it('refuses an account for updates with a line break in it', () => {
    const message = problemsOf({ ...RIGHT, WSO2_UPDATE_USERNAME: 'hid\nden', WSO2_UPDATE_PASSWORD: 'hidden' });
    expect(message).toContain('1 setting is missing or wrong.\n  - WSO2_UPDATE_USERNAME: wrong; ');
    expect(message).not.toMatch(/hid/);
  });

  it('notices a misspelled name', () => {
    const message = problemsOf({ ...RIGHT, SLACK_BOT_TOKEN: undefined, SLACK_BOT_TOKN: 'xoxb-hidden' });
    expect(message).toContain('SLACK_BOT_TOKEN: missing (misspelled as SLACK_BOT_TOKN?)');
  });

  describe('with secrets in files', () => {
    it('reads <NAME>_FILE, without the line break at its end', () => {
      const env = readEnv({ ...RIGHT, SLACK_BOT_TOKEN: undefined, SLACK_BOT_TOKEN_FILE: fileWith('bot', 'xoxb-1\n') });
      expect(env.slack.botToken.reveal()).toBe('xoxb-1');
      const { ssh } = readEnv({ ...RIGHT, SSH_AUTH_SOCK: undefined, SSH_PRIVATE_KEY_FILE: fileWith('id', `${KEY}\n`) });
      expect(ssh.privateKey?.reveal()).toBe(KEY);
    });

    it('reads the credentials of systemd', () => {
      fileWith('SLACK_APP_TOKEN', 'xapp-from-systemd');
      const env = readEnv({ ...RIGHT, SLACK_APP_TOKEN: undefined, CREDENTIALS_DIRECTORY: directory });
      expect(env.slack.mode === 'socket' && env.slack.appToken.reveal()).toBe('xapp-from-systemd');
    });

    it('prefers the environment to the credentials', () => {
      fileWith('SLACK_APP_TOKEN', 'xapp-from-systemd');
      const { slack } = readEnv({ ...RIGHT, CREDENTIALS_DIRECTORY: directory });
      expect(slack.mode === 'socket' && slack.appToken.reveal()).toBe('xapp-hidden');
    });

    it.each([
      ['is not there', () => join(directory, 'hidden-nobody'), 'cannot be read (ENOENT)'],
      ['is empty', () => fileWith('hidden-empty', '\n'), 'is empty'],
      ['is a directory', () => directory, 'cannot be read (EISDIR)'],
    ])('says when the file %s, without its path', (_what, file, said) => {
      const message = problemsOf({ ...RIGHT, SLACK_BOT_TOKEN: undefined, SLACK_BOT_TOKEN_FILE: file() });
      expect(message).toContain(`- SLACK_BOT_TOKEN: the file that SLACK_BOT_TOKEN_FILE names ${said}`);
      expect(message).not.toContain(directory);
    });

    it('refuses a secret that is set twice', () => {
      const message = problemsOf({ ...RIGHT, SLACK_BOT_TOKEN_FILE: fileWith('bot', 'xoxb-1') });
      expect(message).toContain('SLACK_BOT_TOKEN: set twice');
    });

    it('reads no file for what is no secret', () => {
      expect(readEnv({ ...RIGHT, LOG_LEVEL_FILE: '/nobody' }).logLevel).toBe('info');
    });
  });

  describe('SLACK_API_URL', () => {
    const withUrl = (url: string, nodeEnv?: string) => ({ ...RIGHT, SLACK_API_URL: url, NODE_ENV: nodeEnv });

    it('may be anywhere, but not in production', () => {
      expect(readEnv(withUrl('http://127.0.0.1:4000/api')).slack.apiUrl).toBe('http://127.0.0.1:4000/api/');
      expect(problemsOf(withUrl('http://127.0.0.1:4000/api/', 'production'))).toContain('SLACK_API_URL: wrong');
    });

    it.each(['https://slack.com/api/', 'https://acme.slack.com/api/', 'https://slack-gov.com/api/'])(
      'may be %s in production',
      (url) => {
        expect(readEnv(withUrl(url, 'production')).slack.apiUrl).toBe(url);
      },
    );

    it.each([
      'http://slack.com/api/',
      'https://slack.com.evil.example/',
      'https://evilslack.com/',
      'https://slack.com@evil.example/',
    ])('may not be %s in production', (url) => {
      expect(problemsOf(withUrl(url, 'production'))).toContain('SLACK_API_URL: wrong');
    });
  });

  it('gives secrets that do not show themselves', () => {
    const source = {
      ...RIGHT,
      SSH_PRIVATE_KEY: KEY,
      SSH_PRIVATE_KEY_PASSPHRASE: 'hidden',
      DATABASE_URL: 'postgres://u:hidden@h/d',
      WSO2_UPDATE_USERNAME: 'hidden@acme.example',
      WSO2_UPDATE_PASSWORD: 'hidden pass',
    };
    const env = readEnv(source);
    expect(env.ssh.passphrase?.reveal()).toBe('hidden');
    expect(env.updateCredentials?.username.reveal()).toBe('hidden@acme.example');
    expect(env.updateCredentials?.password.reveal()).toBe('hidden pass');
    expect(env.databaseUrl?.reveal()).toBe('postgres://u:hidden@h/d');
    expect(inspect(env, { depth: 9 }) + JSON.stringify(env)).not.toContain('hidden');
  });
});

describe('ENV_SETTINGS', () => {
  it('says of every setting that may come from a file that it is a secret', () => {
    const secrets = ENV_SETTINGS.filter(({ secret }) => secret).map(({ name }) => name);
    expect(secrets).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
      'DATABASE_URL',
      'SSH_PRIVATE_KEY',
      'SSH_PRIVATE_KEY_PASSPHRASE',
      'WSO2_UPDATE_USERNAME',
      'WSO2_UPDATE_PASSWORD',
    ]);
  });

  it('names the defaults that readEnv fills in', () => {
    const source: Record<string, string> = { ...RIGHT };
    for (const setting of ENV_SETTINGS) {
      if ('default' in setting) {
        source[setting.name] = setting.default;
      }
    }
    expect(inspect(readEnv(source))).toBe(inspect(readEnv(RIGHT)));
    const http = { ...RIGHT, SLACK_MODE: 'http', SLACK_SIGNING_SECRET: 'x' };
    expect(inspect(readEnv({ ...source, ...http }))).toBe(inspect(readEnv(http)));
  });
});
