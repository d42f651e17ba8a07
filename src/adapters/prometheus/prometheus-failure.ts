import { UserError } from '../../domain/errors.ts';
import { type FormAnswer, TooLargeError } from './post-form.ts';
import { NotPrivateError } from './private-addresses.ts';

const LONGEST_MESSAGE = 300;
const SET_IN = 'in `metric_source` of msops.yml';

interface Words {
  readonly what: string;
  readonly hint: string;
}

const BY_CODE: Readonly<Record<string, Words>> = {
  ECONNREFUSED: { what: 'refused the connection', hint: `Is it running, and is the port right ${SET_IN}?` },
  ENOTFOUND: { what: 'has a name that does not exist', hint: `Check the address ${SET_IN} and the DNS of msops.` },
  EAI_AGAIN: { what: 'has a name that DNS gives no answer for', hint: 'Check the DNS of the machine that runs msops.' },
  EHOSTUNREACH: { what: 'cannot be reached', hint: 'Check the route to it: is the tunnel up?' },
  ENETUNREACH: { what: 'cannot be reached', hint: 'Check the route to it: is the tunnel up?' },
  ETIMEDOUT: { what: 'cannot be reached', hint: 'Check the route to it and the firewall in between.' },
  ECONNRESET: { what: 'broke the connection off', hint: 'Is this its port, and does it speak http or https there?' },
  EPIPE: { what: 'broke the connection off', hint: 'Is this its port, and does it speak http or https there?' },
};

/** What a person reads when the question did not come through. @param name `Prometheus prometheus.acme.example`. */
export function explainNetworkFailure(name: string, error: unknown, timeoutMs: number): UserError {
  const { what, hint } = wordsOf(error, timeoutMs);
  return new UserError(`${name} ${what}.`, { hint, cause: error });
}

function wordsOf(error: unknown, timeoutMs: number): Words {
  const { name, code = '' } = error as Partial<NodeJS.ErrnoException>;
  if (name === 'TimeoutError') {
    return { what: `did not answer within ${timeoutMs / 1_000} s`, hint: 'Ask for a shorter time or fewer hosts.' };
  }
  if (error instanceof TooLargeError) {
    return { what: 'answered with more than msops takes', hint: 'Let the query give one series for each host.' };
  }
  if (error instanceof NotPrivateError) {
    return { what: 'is not in a private network, and http would show everything', hint: `Use https ${SET_IN}.` };
  }
  return (
    BY_CODE[code] ??
    (isTls(code) ? ofTls(code) : { what: `cannot be asked (${code || name})`, hint: `Check it ${SET_IN}.` })
  );
}

function isTls(code: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code);
}

function ofTls(code: string): Words {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return { what: `does not speak TLS as it should (${code})`, hint: 'Is this its https port?' };
  }
  const hint = 'Name the authority that signed it by NODE_EXTRA_CA_CERTS, or have the certificate renewed.';
  return { what: `has a certificate that msops does not trust (${code})`, hint };
}

/** What a person reads when it answered with anything but 200. */
export function explainRefusal(name: string, { status, body }: FormAnswer): UserError {
  const said = readError(body);
  const { what, hint } = ofStatus(status, said);
  const quoted = said === undefined ? '' : ` It says: ${said.error}`;
  return new UserError(`${name} ${what}.${quoted}`, { hint });
}

function ofStatus(status: number, said: ReturnType<typeof readError>): Words {
  if (said !== undefined && /too many samples/.test(said.error)) {
    return { what: 'would have to read too many samples', hint: 'Ask for a shorter time or fewer hosts.' };
  }
  if (said?.errorType === 'timeout' || said?.errorType === 'canceled') {
    return { what: 'needed too long for the query', hint: 'Ask for a shorter time or fewer hosts.' };
  }
  if (said?.errorType === 'bad_data' || said?.errorType === 'execution') {
    return { what: 'does not take the query', hint: `Correct the query of this metric ${SET_IN}.` };
  }
  if (status >= 300 && status < 400) {
    return {
      what: `leads elsewhere (${status}), where msops does not follow`,
      hint: `Name the last address ${SET_IN}.`,
    };
  }
  return OF_STATUS[status] ?? { what: `answered with status ${status}`, hint: 'Look into its log.' };
}

const OF_STATUS: Readonly<Record<number, Words>> = {
  401: { what: 'does not accept the token (401)', hint: `Check the secret that \`token\` names ${SET_IN}.` },
  403: { what: 'does not allow the query (403)', hint: 'Give the account of the token the right to read.' },
  404: { what: 'has no API there (404)', hint: `Name the address without \`/api/v1\`, with its prefix, ${SET_IN}.` },
  429: { what: 'has too much to do (429)', hint: 'Try again in a minute.' },
  503: { what: 'is not ready (503)', hint: 'Try again in a minute.' },
};

/** Prometheus' own words, on one line. */
function readError(body: string): { readonly errorType: string; readonly error: string } | undefined {
  try {
    const { errorType, error } = JSON.parse(body) as { errorType?: unknown; error?: unknown };
    const text = typeof error === 'string' ? error.replaceAll(/\s+/g, ' ').slice(0, LONGEST_MESSAGE) : '';
    return text === '' ? undefined : { errorType: String(errorType), error: text };
  } catch {
    return undefined;
  }
}
