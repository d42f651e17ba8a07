import type { Inventory } from '../domain/inventory.ts';
import type { Logger } from '../domain/logger.ts';
import { isWatched } from '../domain/watched.ts';
import type { CertificateService } from '../services/certificates/certificate-service.ts';
import type { Job } from './job.ts';

export interface CertificatesJobDeps {
  /** Asked at each run, since it can be reloaded. */
  inventory(): Inventory;
  readonly certificates: CertificateService;
  readonly logger: Logger;
}

/** Once a day, before people come: when do the certificates of watched environments end? */
export function createCertificatesJob({ inventory, certificates, logger }: CertificatesJobDeps): Job {
  return {
    name: 'certificates',
    schedule: '40 5 * * *',
    missedSlots: 'run_latest',
    async run() {
      const watched = inventory()
        .customers.flatMap(({ environments }) => environments)
        .filter(isWatched);
      const failures: unknown[] = [];
      // One after the other, which spreads them: an end that is days away can wait for an hour.
      for (const environment of watched) {
        try {
          await certificates.check(environment);
        } catch (error) {
          const { customer, name } = environment;
          logger.error('Certificates not checked', { customer, environment: name, error });
          failures.push(error);
        }
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} of ${watched.length} environments were not checked`);
      }
    },
  };
}
