import type { HealthSample } from '../../domain/host-report.ts';
import type { HealthEndpoint } from '../../domain/inventory.ts';
import { describePart, type ProbePart } from '../../domain/probe-output.ts';

/** Exit codes of curl that say something about the product itself; all others leave its health unknown. */
const CURL_FAILURES: Readonly<Record<number, string>> = {
  7: 'refused',
  28: 'timeout',
  35: 'TLS handshake failed',
  52: 'closed without an answer',
  56: 'connection broken',
  124: 'timeout',
};
const CURL_UNTRUSTED = 60;

export function parseHealth(endpoint: HealthEndpoint, part: ProbePart | undefined): HealthSample {
  return { ...judge(endpoint, part), ...(endpoint.owner === undefined ? {} : { owner: endpoint.owner }) };
}

function judge({ name, expectedStatus }: HealthEndpoint, part: ProbePart | undefined): HealthSample {
  const status = httpStatus(part);
  if (status !== undefined) {
    const healthy = status === expectedStatus;
    return { name, healthy, detail: healthy ? `${status}` : `${status}, expected ${expectedStatus}` };
  }
  const failure = part && failureWords(part);
  return failure ? { name, healthy: false, detail: failure } : { name, healthy: undefined, detail: doubt(part) };
}

/** curl prints the bare status, `000` for none; wget prints the header lines of every answer on the way. */
function httpStatus(part: ProbePart | undefined): number | undefined {
  const text = part?.lines.join('\n') ?? '';
  const status = part?.exitCode === 0 ? /^[1-5]\d\d$/.exec(text)?.[0] : undefined;
  const fromHeader = /\bHTTP\/[\d.]+ ([1-5]\d\d)\b/.exec(text)?.[1];
  const found = status ?? fromHeader;
  return found === undefined ? undefined : Number(found);
}

function failureWords({ lines, exitCode }: ProbePart): string | undefined {
  return CURL_FAILURES[exitCode] ?? (/connection refused/i.test(lines.join(' ')) ? 'refused' : undefined);
}

function doubt(part: ProbePart | undefined): string {
  return part?.exitCode === CURL_UNTRUSTED ? 'its certificate is not trusted' : describePart(part);
}
