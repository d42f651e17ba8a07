import type { TroubleClass } from '../services/deliveries/ports.ts';

/** What went wrong below the protocol, in the same words for mail, phones and webhooks. */
export type NetworkTroubleClass = Extract<
  TroubleClass,
  'dns' | 'refused_connection' | 'timeout' | 'tls_untrusted' | 'tls_wrong_name' | 'tls_wrong_port' | 'temporary'
>;

export interface NetworkTrouble {
  readonly class: NetworkTroubleClass;
  /** After the name of the other side. */
  readonly what: string;
  readonly next: string;
}

type Words = Omit<NetworkTrouble, 'class'>;

const BY_CODE: Readonly<Record<string, NetworkTroubleClass>> = {
  EDNS: 'dns',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  ECONNREFUSED: 'refused_connection',
  EHOSTUNREACH: 'refused_connection',
  ENETUNREACH: 'refused_connection',
  EADDRNOTAVAIL: 'refused_connection',
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ECONNRESET: 'temporary',
  EPIPE: 'temporary',
  UND_ERR_SOCKET: 'temporary',
  ECONNECTION: 'temporary',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls_wrong_name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls_wrong_port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls_wrong_port',
};

/** OpenSSL's names of what is wrong with a chain. */
const UNTRUSTED = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA|ERR_TLS_)/;

const WORDS: Record<NetworkTroubleClass, (said: string) => Words> = {
  dns: () => ({ what: 'was not found in DNS', next: 'Correct its name in msops.yml, or repair the DNS entry.' }),
  refused_connection: (said) => ({
    what: `cannot be connected to${inBrackets(said)}`,
    next: 'Check the port in msops.yml, that the server is up, and the firewall in between.',
  }),
  timeout: () => ({
    what: 'did not answer in time',
    next: 'Check that the server is up and that a firewall in between lets us through.',
  }),
  tls_untrusted: (said) => ({
    // Node adds advice for whoever runs it.
    what: `shows a certificate that is not trusted${inBrackets(said.replace(/; if the root CA.*$/s, ''))}`,
    next: 'Have its certificate renewed or, when an authority of the customer signed it, let msops trust that one (NODE_EXTRA_CA_CERTS).',
  }),
  tls_wrong_name: (said) => ({
    what: `shows a certificate for another name${inBrackets(said)}`,
    next: 'Use a name that is in the certificate, or have one made for this name.',
  }),
  tls_wrong_port: () => ({
    what: 'does not speak TLS from the start on that port',
    next: 'Correct the port in msops.yml.',
  }),
  temporary: (said) => ({ what: `broke the connection${inBrackets(said)}`, next: 'It is tried again.' }),
};

/** @param codes Of the error and of what caused it, the most telling first. @param said What the library says. */
export function networkTrouble(codes: readonly (string | undefined)[], said: string): NetworkTrouble | undefined {
  const found = codes.map((code) => (code === undefined ? undefined : classOf(code))).find((one) => one !== undefined);
  return found === undefined ? undefined : { class: found, ...WORDS[found](said) };
}

function classOf(code: string): NetworkTroubleClass | undefined {
  return Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : UNTRUSTED.test(code) ? 'tls_untrusted' : undefined;
}

function inBrackets(said: string): string {
  return said === '' ? '' : ` (${said})`;
}
