import { createHash } from 'node:crypto';
import { count } from '../domain/count.ts';
import type { AccessKind, AccessWish } from '../services/access/grant.ts';
import { code, cut } from './mrkdwn.ts';
import { listed } from './rollout-text.ts';

const NAMES_A_LINE = 6;
const LONGEST_HOST = 60;

/** As forms offer them. Plain text. */
export const KIND_NAMES: Record<AccessKind, string> = {
  dashboard: 'Dashboards',
  logs: 'Log viewer',
  linux: 'Linux account',
};

/** `dashboards and a Linux account that can only read, on 3 hosts`. */
export function wishInWords({ kinds, linux }: AccessWish): string {
  const words: Record<AccessKind, string> = {
    dashboard: 'the dashboards',
    logs: 'the log viewer',
    linux: `a Linux account that can only read, on ${count(linux?.hosts.length ?? 0, 'host')}${linux?.productLogs ? ', with the logs of the products' : ''}`,
  };
  return listed(kinds.map((kind) => words[kind])) || 'nothing';
}

/** All of them, a few a line: what is approved is read whole. */
export function hostLines(hosts: readonly string[]): readonly string[] {
  const lines = Math.ceil(hosts.length / NAMES_A_LINE);
  return Array.from({ length: lines }, (_, line) =>
    hosts
      .slice(line * NAMES_A_LINE, (line + 1) * NAMES_A_LINE)
      .map((host) => code(cut(host, LONGEST_HOST)))
      .join(', '),
  );
}

/** `ssh-ed25519 SHA256:…`, as `ssh-keygen -l` says it. Of a public key. */
export function keyInWords(publicKey: string): string {
  const [type = '', body = ''] = publicKey.trim().split(/\s+/);
  const digest = createHash('sha256').update(Buffer.from(body, 'base64')).digest('base64').replace(/=+$/, '');
  return `${code(cut(type, 40))} ${code(`SHA256:${digest}`)}`;
}
