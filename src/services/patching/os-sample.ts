/** What one probe found out about a host's packages. `undefined` is unknown, never none and never "up to date". */
export interface OsSample {
  readonly family: OsFamily | undefined;
  /** As the system calls itself: `Debian GNU/Linux 12 (bookworm)`. */
  readonly release: string | undefined;
  /** Security updates first, then by name. */
  readonly pending: readonly PendingPackage[] | undefined;
  /** Whether `security` of what is pending tells the whole truth; `false`: there may be security updates unseen. */
  readonly securityKnown: boolean;
  /** Of dist-upgrade: what would have to go for the rest to come. */
  readonly removals: readonly string[];
  /** Names with a newer version that cannot be installed as things are. */
  readonly keptBack: readonly string[];
  readonly held: readonly string[] | undefined;
  /** Since the package lists last changed; nothing is refreshed by asking. */
  readonly listsAgeSeconds: number | undefined;
  /** Who holds the package manager's locks, `apt-get (pid 412)`; empty: nobody. */
  readonly lockHolders: readonly string[] | undefined;
  /** dpkg was stopped in the middle. */
  readonly interrupted: boolean | undefined;
  readonly kernel: KernelSample;
  /** Services that still run on files that were replaced. */
  readonly restarts: readonly string[] | undefined;
  /** What could not be found out, in words. */
  readonly gaps: readonly string[];
}

export type OsFamily = 'debian' | 'rhel';

export interface PendingPackage {
  readonly name: string;
  /** Of the Red Hat family, where it is no part of the name: `x86_64`. */
  readonly arch?: string | undefined;
  /** `undefined` for one that comes new, or whose version is not known. */
  readonly from: string | undefined;
  readonly to: string;
  /** By the label of its origin or by an advisory; `undefined`: its repository does not tell. */
  readonly security: boolean | undefined;
  /** Label or repository: `Debian-Security`, `baseos`. */
  readonly source: string;
  readonly held: boolean;
}

export interface KernelSample {
  readonly running: string | undefined;
  /** The newest that is installed; `undefined` also when the kernel is none of its packages, as in a container. */
  readonly newest: string | undefined;
  /** A reboot would start another one, or the system itself asks for a reboot. */
  readonly rebootNeeded: boolean | undefined;
}
