import type { Signal } from '../../domain/inventory.ts';
import type { Alert } from './alert.ts';

/** What one check says of one thing on one host. Something that could not be read is `unknown`, never `ok`. */
export interface Reading {
  readonly host: string;
  readonly signal: Signal;
  /** `/var`, the name of a product, the hop of an access path; empty when a host has one of it. */
  readonly subject: string;
  readonly level: 'ok' | 'warning' | 'critical' | 'unknown';
  /** Below the level at which an alert ends, which is lower than the one at which it begins; only with `ok`. */
  readonly isClear: boolean;
  /** `/var 93 % full (critical from 90 %)`; plain text. */
  readonly text: string;
  /** Of `reachability`: the bastion or the tunnel at which the way to the host ends. */
  readonly hop?: string | undefined;
  readonly owner?: Alert['owner'];
  readonly title?: string | undefined;
  readonly links?: Alert['links'];
}
