import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../sandbox/mail/certificates.ts';
import { freePort } from '../../sandbox/ports.ts';
import { DOMAIN, mainCf, masterCf, type PostfixPorts, USER } from './postfix-settings.ts';

/** A real postfix with STARTTLS and a login, on loopback only, apart from the machine's own. */
export interface Postfix {
  readonly ports: PostfixPorts;
  readonly caFile: string;
  readonly username: string;
  readonly password: string;
  log(): string;
  stop(): void;
}

export async function startPostfix(): Promise<Postfix> {
  const directory = mkdtempSync(join(tmpdir(), 'msops-postfix-'));
  // Its processes have users of their own.
  chmodSync(directory, 0o755);
  const ports = {
    submission: await freePort(),
    submissions: await freePort(),
    plain: await freePort(),
    withoutLogin: await freePort(),
  };
  const uid = Number(run('id', '-u', 'nobody'));
  const password = randomBytes(12).toString('hex');
  writeFileSync(join(directory, 'main.cf'), mainCf(directory, uid));
  writeFileSync(join(directory, 'master.cf'), masterCf(ports));
  writeFileSync(join(directory, 'header_checks'), '/^Subject:.*lottery/ REJECT Looks like spam\n');
  makeDirectories(directory, uid);
  makeCertificates(directory);
  makeAccount(directory, password);
  run('postfix', '-c', directory, 'start');
  return {
    ports,
    caFile: join(directory, 'ca.pem'),
    username: USER,
    password,
    log: () => readFileSync(join(directory, 'mail.log'), 'utf8'),
    stop() {
      run('postfix', '-c', directory, 'stop');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function makeDirectories(directory: string, uid: number): void {
  for (const name of ['queue', 'data', 'mailboxes', 'sasl']) {
    mkdirSync(join(directory, name));
  }
  chownSync(join(directory, 'data'), Number(run('id', '-u', 'postfix')), 0);
  chownSync(join(directory, 'mailboxes'), uid, uid);
}

function makeCertificates(directory: string): void {
  const authority = createAuthority('Customer authority');
  const { key, certificate } = authority.issue(['127.0.0.1', `mail.${DOMAIN}`]);
  writeFileSync(join(directory, 'ca.pem'), authority.certificate);
  writeFileSync(join(directory, 'certificate.pem'), certificate);
  writeFileSync(join(directory, 'key.pem'), key, { mode: 0o600 });
}

function makeAccount(directory: string, password: string): void {
  const database = join(directory, 'sasldb2');
  const settings = [
    'pwcheck_method: auxprop',
    'auxprop_plugin: sasldb',
    `sasldb_path: ${database}`,
    'mech_list: PLAIN LOGIN',
  ];
  writeFileSync(join(directory, 'sasl/smtpd.conf'), `${settings.join('\n')}\n`);
  execFileSync('saslpasswd2', ['-p', '-c', '-f', database, '-u', `mail.${DOMAIN}`, USER], { input: password });
  chownSync(database, Number(run('id', '-u', 'postfix')), 0);
}

function run(program: string, ...words: readonly string[]): string {
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  return execFileSync(program, words, { encoding: 'utf8', env: { ...process.env, PATH: path } }).trim();
}
