import type { HostPlan } from './host-plan.ts';

const SERVICE_UID = 997;
const LOGIN_UID = 60_999;

/** Who has an account on a host, and a log that an account may be let into. By path below the host's root. */
export function accountFiles({ product }: HostPlan): Record<string, string> {
  const service = product?.serviceUser;
  const passwd = [
    'root:x:0:0:root:/root:/bin/bash',
    'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
    ...(service ? [`${service}:x:${SERVICE_UID}:${SERVICE_UID}::/home/${service}:/bin/bash`] : []),
    `ops:x:${LOGIN_UID}:${LOGIN_UID}:managed services:/home/ops:/bin/bash`,
  ];
  const group = [
    'root:x:0:',
    'adm:x:4:',
    'sudo:x:27:',
    'systemd-journal:x:999:',
    ...(service ? [`${service}:x:${SERVICE_UID}:`] : []),
    `ops:x:${LOGIN_UID}:`,
  ];
  return {
    'etc/passwd': lines(passwd),
    'etc/shadow': lines(passwd.map((line) => `${line.split(':')[0]}:*:20000:0:99999:7:::`)),
    'etc/group': lines(group),
    'etc/sudoers': 'root ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n',
    'etc/sudoers.d/ops': 'ops ALL=(ALL) NOPASSWD: ALL\n',
    ...(product ? { [`${product.home.slice(1)}/repository/logs/http_access.log`]: '' } : {}),
    ...(service ? { [`home/${service}/.profile`]: '' } : {}),
  };
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}
