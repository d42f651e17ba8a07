import type { Drain, Environment } from '../../src/domain/inventory.ts';
import { addressOf, exec, installHaproxy, shell, writeFile } from './fleet.ts';
import { environmentOf } from './fleet-hosts.ts';

/** The product's hosts, and the one in front of them. */
export const BALANCED = ['a1', 'a2'] as const;
export const BALANCER = 'a3';
export const SOCKET = '/run/haproxy/admin.sock';
export const TCP_PORT = 9999;
export const READ_ONLY_SOCKET = '/run/haproxy/user.sock';

/** Neither retries nor redispatch: a request that meets a server which is gone is lost, and seen. */
function configuration(): string {
  const servers = BALANCED.map((name) => `  server ${name} ${addressOf(name)}:9763 check inter 500ms fall 2 rise 2`);
  return [
    ...[
      'global',
      `  stats socket ${SOCKET} mode 660 level admin`,
      `  stats socket ${READ_ONLY_SOCKET} mode 666 level user`,
    ],
    ...[`  stats socket ipv4@127.0.0.1:${TCP_PORT} level admin`, '  user haproxy', '  group haproxy'],
    ...[
      'defaults',
      '  mode http',
      '  retries 0',
      '  timeout connect 2s',
      '  timeout client 60s',
      '  timeout server 60s',
    ],
    ...['frontend www', '  bind :8080', '  default_backend gw'],
    ...[
      'backend gw',
      '  option httpchk GET /api/health-check/v1.0/health',
      '  http-check expect status 200',
      ...servers,
      '',
    ],
  ].join('\n');
}

export async function startHaproxy(): Promise<void> {
  await installHaproxy(BALANCER);
  await writeFile(BALANCER, '/etc/haproxy/haproxy.cfg', configuration());
  await exec(BALANCER, 'service', 'haproxy', 'restart');
}

/** As the inventory has it. */
export function balancedEnvironment(api: Extract<Drain, { kind: 'haproxy' }>['api'] = { socket: SOCKET }): Environment {
  const environment = environmentOf('acme', [...BALANCED, BALANCER]);
  const hosts = environment.hosts.map((host) =>
    host.name === BALANCER
      ? { ...host, products: [] }
      : { ...host, drain: { kind: 'haproxy', via: BALANCER, api, servers: [`gw/${host.name}`] } as const },
  );
  return { ...environment, hosts };
}

/** Two clients that ask the balancer one request after the other, and write down each status; 000 is a lost one. */
export async function startAsking(): Promise<void> {
  const url = `http://${addressOf(BALANCER)}:8080/services/Version`;
  const ask = `while [ -e /run/asking ]; do curl -s -o /dev/null -w '%{http_code}\\n' -m 20 ${url}; done >>/run/answers.$n`;
  await shell('bastion', `touch /run/asking; for n in 1 2; do ( ${ask} ) </dev/null >/dev/null 2>&1 & done`);
}

/** @returns how often each status came. */
export async function stopAsking(): Promise<Readonly<Record<string, number>>> {
  await shell('bastion', 'rm -f /run/asking; sleep 1');
  const answers = (await shell('bastion', 'cat /run/answers.*; rm -f /run/answers.*')).split('\n');
  return Object.fromEntries([...Map.groupBy(answers, (status) => status)].map(([status, all]) => [status, all.length]));
}

export function show(command: string): Promise<string> {
  return shell(BALANCER, `printf '%s\\n' '${command}' | nc -U ${SOCKET}`);
}
