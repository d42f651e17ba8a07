import type { OsSample } from './os-sample.ts';

/** Whether a host installs security updates by itself, in one word. */
export type AutoVerdict = 'works' | 'stopped' | 'never_ran' | 'off' | 'unknown';

/** What there is to see of a host's automatic updates. `undefined` is unknown. */
export interface AutoSample {
  /** `none`: looked for and not there. */
  readonly mechanism: 'unattended-upgrades' | 'dnf-automatic' | 'none' | undefined;
  /** Switched on by its settings. */
  readonly enabled: boolean | undefined;
  /** Where the settings say no, e.g. `APT::Periodic::Unattended-Upgrade is 0`. */
  readonly offBecause: string | undefined;
  /** What starts it; `works: false` with the reason in words. */
  readonly starter: AutoStarter | undefined;
  /** Origins or kinds of updates that it takes in, in words. */
  readonly takesIn: readonly string[] | undefined;
  readonly takesSecurity: boolean | undefined;
  /** Packages that it leaves out, as patterns. */
  readonly excludes: readonly string[];
  /** Does it fetch new lists before? */
  readonly refreshesLists: boolean | undefined;
  /** How often it shall run; days. */
  readonly everyDays: number;
  /** Since it last came to its end, or for dnf-automatic since it was last started. `'never'`: there is no trace of a run. */
  readonly lastRunAgeSeconds: number | 'never' | undefined;
  readonly lastResult: AutoResult | undefined;
  readonly os: OsSample;
}

export interface AutoStarter {
  readonly name: string;
  readonly works: boolean | undefined;
  readonly words: string;
}

export interface AutoResult {
  readonly succeeded: boolean | undefined;
  readonly words: string;
}

/** What is read by the mechanism's own parser. */
export type Mechanism = Omit<AutoSample, 'os'>;

export const NO_MECHANISM: Mechanism = {
  mechanism: undefined,
  enabled: undefined,
  offBecause: undefined,
  starter: undefined,
  takesIn: undefined,
  takesSecurity: undefined,
  excludes: [],
  refreshesLists: undefined,
  everyDays: 1,
  lastRunAgeSeconds: undefined,
  lastResult: undefined,
};
