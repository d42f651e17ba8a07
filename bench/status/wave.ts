import type { SshEndpoint } from '../../src/domain/inventory.ts';

/** `full` is the product's probe, `light` an echo, `hang` a command that does not end by itself. */
export type WaveKind = 'full' | 'light' | 'hang';
export type WaveState = 'cold' | 'warm';

/** One command on each host, all at once. */
export interface Wave {
  readonly size: number;
  readonly kind: WaveKind;
}

/** For the process that holds the product's executor. */
export type WaveRequest =
  | { readonly kind: 'open'; readonly keyFile: string; readonly hopKeepaliveMs?: number | undefined }
  | { readonly kind: 'close' }
  | {
      readonly kind: 'wave';
      readonly wave: WaveKind;
      readonly bastion: SshEndpoint | undefined;
      readonly hosts: readonly SshEndpoint[];
      /** One host after the other. */
      readonly oneByOne?: boolean | undefined;
      readonly deadlineMs: number;
    };

export interface WaveAnswer {
  readonly host: string;
  readonly ms: number;
  readonly isComplete: boolean;
  /** Kind and hop, e.g. `no_ssh_banner at h7`. */
  readonly failure?: string | undefined;
}

export interface WaveReply {
  readonly answers: readonly WaveAnswer[];
  readonly loopDelayMs: { readonly p99: number; readonly max: number };
  readonly rssMiB: number;
}
