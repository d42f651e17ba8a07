/** What a sandbox host looks like when nothing is wrong with it, and what is wrong with it from the start. */
export interface HostPlan {
  readonly name: string;
  readonly role: string;
  readonly cores: number;
  readonly memoryGiB: number;
  /** Share of memory in use, percent. */
  readonly memoryUsed: number;
  /** Share of all cores in use, percent. */
  readonly cpuBusy: number;
  readonly uptimeDays: number;
  readonly filesystems: readonly FilesystemPlan[];
  readonly product?: ProductPlan | undefined;
  /** Without: a Debian host on which nothing waits and which patches itself. */
  readonly packages?: PackagesPlan | undefined;
  readonly startsAs?: StartingFault | undefined;
}

export type StartingFault = 'product_stopped' | 'refusing' | 'other_host_key';

/** What the package manager of a host says. */
export interface PackagesPlan {
  readonly family: 'debian' | 'rhel';
  readonly pending?: readonly PendingPlan[];
  /** Since the package lists last changed. */
  readonly listsAgeHours?: number;
  /** `stopped`: its timer was switched off when the lists were last fetched. `none`: nothing installs updates by itself. */
  readonly automatic?: 'works' | 'stopped' | 'none';
  /** Installed and not started yet. */
  readonly newKernel?: string;
  /** Services that run on replaced files. */
  readonly restarts?: readonly string[];
}

export interface PendingPlan {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** As the package manager prints it: `Debian-Security:12/oldstable-security`, or a repository of dnf. */
  readonly origin: string;
  readonly held?: boolean;
}

export interface FilesystemPlan {
  readonly mount: string;
  readonly device: string;
  readonly sizeGiB: number;
  /** Percent, as `df` counts it: used of used and available. */
  readonly used: number;
  readonly inodesUsed: number;
}

export interface ProductPlan {
  readonly kind: 'apim' | 'is' | 'mi';
  /** CARBON_HOME */
  readonly home: string;
  readonly serviceUser: string;
  readonly pid: number;
  readonly heapMaxMiB: number;
  /** Share of the old generation in use, percent. */
  readonly oldGenUsed: number;
  readonly health: readonly HealthPlan[];
  /** As its pack calls itself: `wso2mi-4.4.0`. */
  readonly pack: string;
  /** systemd unit; without one its script starts and stops it. */
  readonly unit?: string | undefined;
  readonly updateLevel?: number | undefined;
  readonly hotfixes?: readonly string[] | undefined;
  /** `false`: only the script that would fetch it. */
  readonly hasUpdateTool?: boolean | undefined;
  /** From the start of the world until the certificate ends that it shows and keeps; 400 when it is missing. */
  readonly certificateDays?: number | undefined;
}

/** One endpoint and its two answers, as the real product gives them. */
export interface HealthPlan {
  readonly url: string;
  readonly healthy: HealthAnswer;
  readonly unhealthy: HealthAnswer;
}

export interface HealthAnswer {
  readonly status: number;
  readonly body: string;
}

export interface EnvironmentPlan {
  readonly name: string;
  /** IANA */
  readonly timeZone: string;
  readonly production: boolean;
  readonly hosts: readonly HostPlan[];
}

export interface CustomerPlan {
  readonly id: string;
  readonly name: string;
  readonly slackTeamId?: string | undefined;
  readonly channels: readonly { readonly id: string; readonly kind: 'ops' | 'shared' }[];
  readonly bastion: string;
  readonly environments: readonly EnvironmentPlan[];
}
