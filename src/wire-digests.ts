import { createApprovalStore } from './adapters/store/approvals.ts';
import { createCertificateStore } from './adapters/store/certificates.ts';
import { createKeyValue } from './adapters/store/key-value.ts';
import { createPendingSecurityList } from './adapters/store/pending-security-list.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { createCertificatesJob } from './scheduler/certificates.ts';
import { createDigestsJob, type DigestMemory, type DigestPoster } from './scheduler/digests.ts';
import type { Job } from './scheduler/job.ts';
import { createCertificateService } from './services/certificates/certificate-service.ts';
import { createDigestService } from './services/digests/create-digest-service.ts';
import type { DigestService } from './services/digests/digest.ts';
import type { AutoWatch } from './services/patching/watch-auto.ts';
import { dailyDigestView } from './views/digest-daily-view.ts';
import { weeklyDigestView } from './views/digest-weekly-view.ts';

type Told = Pick<Services, 'hosts' | 'alerts' | 'metrics' | 'breakGlass' | 'rollouts'>;

/** What the watch over automatic updates remembers, by `customer/environment`. */
export function openPatchMemory({ store }: Pick<Outside, 'store'>) {
  return createKeyValue<AutoWatch>(store, 'patch-auto');
}

export function wireDigests(outside: Outside, told: Told): DigestService {
  const { store, config, clock, logger } = outside;
  return createDigestService({
    ...{ ...told, clock, logger },
    pending: createPendingSecurityList(store),
    patchChecks: openPatchMemory(outside),
    certificates: createCertificateStore(store),
    approvals: createApprovalStore(store),
    customers: () => config.current().inventory.customers,
  });
}

/** What the clock does for whoever has not looked. */
export function createReportJobs(
  outside: Outside,
  { digests, alerts }: Pick<Services, 'digests' | 'alerts'>,
): readonly Job[] {
  const { store, config, executor, clock, logger } = outside;
  const inventory = () => config.current().inventory;
  const memory: DigestMemory = createKeyValue(store, 'digests');
  const certificates = createCertificateService({
    ...{ executor, store: createCertificateStore(store), alerts, clock, logger },
  });
  return [
    createDigestsJob({ inventory, digests, memory, poster: digestPoster(outside), clock, logger }),
    createCertificatesJob({ inventory, certificates, logger }),
  ];
}

function digestPoster({ outbox }: Outside): DigestPoster {
  return {
    async post({ key, channelId, digest }) {
      const message = digest.kind === 'daily' ? dailyDigestView(digest) : weeklyDigestView(digest);
      await outbox.put({ key, to: { kind: 'channel', channelId }, message });
    },
  };
}
