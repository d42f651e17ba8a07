import type { AwsService } from '../http/aws-request.ts';
import type { MovableClock } from '../movable-clock.ts';
import { createOperations } from '../schema/operations.ts';
import { createRestJsonService } from '../schema/rest-json.ts';
import { accountOperations } from './account-operations.ts';
import { identityOperations } from './identity-operations.ts';
import type { DkimLookup } from './look-for-dkim.ts';
import { sendEmailOperation } from './send-email.ts';
import type { SesRegion } from './ses-region.ts';

export interface SesDeps {
  region(name: string): SesRegion;
  readonly lookup: DkimLookup;
  readonly clock: MovableClock;
}

/** SES by its API version 2. */
export async function createSesService(deps: SesDeps): Promise<AwsService> {
  const operations = createOperations(await import('@aws-sdk/client-sesv2'), {
    ...identityOperations(deps),
    ...accountOperations(deps),
    SendEmail: sendEmailOperation(deps),
  });
  return createRestJsonService(operations);
}
