/** A certificate that a product of a host shows or keeps. */
export interface CertificateReport {
  /** `https://127.0.0.1:9443`, or path and alias in a keystore. */
  readonly where: string;
  readonly product: string;
  readonly subject: string;
  /** `undefined`: could not be read, `note` says why. */
  readonly endsAt: Date | undefined;
  readonly note?: string | undefined;
}

export interface HostCertificates {
  readonly customer: string;
  readonly environment: string;
  readonly host: string;
  readonly checkedAt: Date;
  readonly certificates: readonly CertificateReport[];
}

export interface CertificateStore {
  save(found: HostCertificates): Promise<void>;
  /** The last of each host. */
  list(customer: string, environment: string): Promise<readonly HostCertificates[]>;
}
