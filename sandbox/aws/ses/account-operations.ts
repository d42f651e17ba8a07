import { AwsError } from '../aws-error.ts';
import type { Operation } from '../schema/operations.ts';
import { sentLast24Hours } from './quota.ts';
import { normal } from './ses-region.ts';
import type { SesDeps } from './ses-service.ts';

/** The account, and the addresses that SES drops mails to. */
export function accountOperations({ region, clock }: SesDeps): Readonly<Record<string, Operation>> {
  return {
    GetAccount(_input, scope) {
      const its = region(scope.region);
      return {
        DedicatedIpAutoWarmupEnabled: false,
        EnforcementStatus: its.enforcement,
        ProductionAccessEnabled: its.productionAccess,
        SendingEnabled: its.sendingEnabled,
        SendQuota: {
          Max24HourSend: its.max24Hours,
          MaxSendRate: its.maxPerSecond,
          SentLast24Hours: sentLast24Hours(its, clock.now()),
        },
        SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      };
    },
    GetSuppressedDestination({ EmailAddress }, scope) {
      const address = normal(EmailAddress);
      const found = region(scope.region).suppressed.get(address) ?? notSuppressed(address);
      const LastUpdateTime = found.at.getTime() / 1_000;
      return { SuppressedDestination: { EmailAddress: address, Reason: found.reason, LastUpdateTime } };
    },
    PutSuppressedDestination({ EmailAddress, Reason }, scope) {
      if (!['BOUNCE', 'COMPLAINT'].includes(Reason)) {
        throw new AwsError('BadRequestException', `1 validation error detected: Value '${Reason}' at 'reason'.`);
      }
      region(scope.region).suppressed.set(normal(EmailAddress), { reason: Reason, at: clock.now() });
    },
    DeleteSuppressedDestination({ EmailAddress }, scope) {
      const address = normal(EmailAddress);
      if (!region(scope.region).suppressed.delete(address)) {
        notSuppressed(address);
      }
    },
  };
}

function notSuppressed(address: string): never {
  throw new AwsError('NotFoundException', `Email address ${address} does not exist on your suppression list.`);
}
