import type { HealthVerdict } from './host-operations.ts';

export interface RoomFacts {
  readonly host: string;
  readonly role: string;
  /** How many of the role must stay in service. */
  readonly kept: number;
  /** The other hosts of the role that are not being changed now, and how they are. */
  readonly others: readonly { readonly host: string; readonly verdict: HealthVerdict }[];
}

/** May this host be taken out of service now? `undefined`: yes; else why not, in a line. */
export function judgeRoom({ host, role, kept, others }: RoomFacts): string | undefined {
  const well = others.filter(({ verdict }) => verdict.healthy);
  if (well.length >= kept) {
    return undefined;
  }
  const sick = others.flatMap(({ host: name, verdict }) => (verdict.healthy ? [] : [`${name}: ${verdict.reason}`]));
  const why = sick.length > 0 ? ` (${sick.join('; ')})` : '';
  return `without ${host} only ${well.length} healthy of the role ${role} would be in service, and ${kept} must stay${why}`;
}
