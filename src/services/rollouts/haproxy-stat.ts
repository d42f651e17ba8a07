/** A server as HAProxy sees it now. */
export interface HaproxyServer {
  readonly backend: string;
  /** `backend/server`. */
  readonly name: string;
  /** `UP`, `UP 1/3`, `DOWN`, `DRAIN`, `MAINT`, `no check`, … */
  readonly status: string;
  /** What the last health check said, e.g. `L4CON`. */
  readonly check: string;
  readonly weight: number | undefined;
  /** Sessions that it serves, and those that wait for it. */
  readonly open: number;
}

/** Reads the reply to `show stat`; `undefined` when it is none. Columns are found by name: each version adds some. */
export function parseStat(reply: string): readonly HaproxyServer[] | undefined {
  const [header = '', ...rows] = reply.trim().split('\n');
  if (!header.startsWith('# pxname,svname,')) {
    return undefined;
  }
  const columns = header.slice(2).split(',');
  return rows.map((row) => {
    const cells = row.split(','); // Quoted cells come after all that is read here.
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    return {
      backend: cell('pxname'),
      name: `${cell('pxname')}/${cell('svname')}`,
      status: cell('status'),
      check: cell('check_status'),
      weight: cell('weight') === '' ? undefined : Number(cell('weight')),
      open: Number(cell('scur')) + Number(cell('qcur')),
    };
  });
}

/** Does it get new requests? A server without health checks does, whatever its state. */
export function isInService({ status, weight }: HaproxyServer): boolean {
  return (/^UP\b/.test(status) || status === 'no check') && weight !== 0;
}

/** Those that would leave their backend without any server, if these were taken out. Servers out already are none. */
export function lastOfBackend(servers: readonly HaproxyServer[], leaving: readonly string[]): readonly HaproxyServer[] {
  return servers.filter(
    (one) =>
      leaving.includes(one.name) &&
      isInService(one) &&
      !servers.some((other) => other.backend === one.backend && !leaving.includes(other.name) && isInService(other)),
  );
}

/** In words: `gateway/apim-1 DOWN (L4CON)`. */
export function describeServer({ name, status, check }: HaproxyServer): string {
  const last = check.replace(/^\* /, '');
  return `${name} ${status}${last === '' ? '' : ` (${last})`}`;
}
