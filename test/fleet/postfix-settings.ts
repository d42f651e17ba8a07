import { readFileSync } from 'node:fs';

/** Ports of one postfix on loopback, each as another kind of server. */
export interface PostfixPorts {
  /** STARTTLS and a login. */
  readonly submission: number;
  /** TLS from the start. */
  readonly submissions: number;
  /** No TLS at all. */
  readonly plain: number;
  /** STARTTLS, and no login. */
  readonly withoutLogin: number;
}

export const DOMAIN = 'acme.example';
export const USER = 'msops';
export const MAX_BYTES = 50_000;
/** Who has a mailbox. */
const KNOWN = ['dana', 'ops'] as const;
export const GREYLISTED = `later@${DOMAIN}`;
/** Another account's address, which ours may not send from. */
export const FOREIGN_SENDER = `ceo@${DOMAIN}`;

/** @param directory Where everything of it is. */
export function mainCf(directory: string, uid: number): string {
  const settings = {
    compatibility_level: '3.6',
    queue_directory: `${directory}/queue`,
    data_directory: `${directory}/data`,
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    maillog_file: `${directory}/mail.log`,
    maillog_file_prefixes: directory,
    myhostname: `mail.${DOMAIN}`,
    mydestination: '',
    mynetworks: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    smtp_dns_support_level: 'disabled',
    message_size_limit: String(MAX_BYTES),
    virtual_mailbox_domains: DOMAIN,
    virtual_mailbox_base: `${directory}/mailboxes`,
    virtual_mailbox_maps: inline([...KNOWN.map((name) => [`${name}@${DOMAIN}`, `${name}/`]), [GREYLISTED, 'later/']]),
    virtual_minimum_uid: '1',
    virtual_uid_maps: `static:${uid}`,
    virtual_gid_maps: `static:${uid}`,
    smtpd_tls_cert_file: `${directory}/certificate.pem`,
    smtpd_tls_key_file: `${directory}/key.pem`,
    smtpd_tls_security_level: 'encrypt',
    smtpd_tls_auth_only: 'yes',
    smtpd_sasl_auth_enable: 'yes',
    smtpd_sasl_local_domain: `mail.${DOMAIN}`,
    cyrus_sasl_config_path: `${directory}/sasl`,
    smtpd_relay_restrictions: 'permit_sasl_authenticated, reject_unauth_destination',
    smtpd_sender_login_maps: inline([[FOREIGN_SENDER, 'ceo']]),
    smtpd_sender_restrictions: 'reject_known_sender_login_mismatch',
    smtpd_recipient_restrictions: `check_recipient_access ${inline([[GREYLISTED, '450 4.2.0 Greylisted']])}`,
    header_checks: `regexp:${directory}/header_checks`,
  };
  return `${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')}\n`;
}

function inline(pairs: readonly (readonly string[])[]): string {
  return `inline:{ ${pairs.map(([key, value]) => `{ ${key} = ${value} }`).join(', ')} }`;
}

/** Debian's own services without chroot, and ours instead of port 25. */
export function masterCf({ submission, submissions, plain, withoutLogin }: PostfixPorts): string {
  const own = readFileSync('/etc/postfix/master.cf.proto', 'utf8')
    .split('\n')
    .filter((line) => !/^smtp\s+inet/.test(line) && !/^(#|\s*$)/.test(line))
    .map((line) => line.replace(/^(\S+\s+\S+\s+\S+\s+\S+\s+)y(\s)/, '$1n$2'));
  const listening = (port: number, ...options: readonly string[]) =>
    [`127.0.0.1:${port} inet n - n - - smtpd`, ...options.map((option) => `  -o ${option}`)].join('\n');
  return `${[
    ...own,
    listening(submission),
    listening(submissions, 'smtpd_tls_wrappermode=yes'),
    listening(plain, 'smtpd_tls_security_level=none'),
    listening(withoutLogin, 'smtpd_sasl_auth_enable=no'),
  ].join('\n')}\n`;
}
