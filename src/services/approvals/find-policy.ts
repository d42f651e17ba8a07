import type { ApprovalPolicy, ChangeKind } from '../../domain/approval-policy.ts';

/** What a change is done to. An approval is one. */
export interface ChangeTarget {
  readonly customer: string;
  /** Name alone, without the customer. */
  readonly environment: string;
  readonly change: ChangeKind;
}

/** The one policy for this kind of change there. None, or more than one: `undefined`, and nobody can approve. */
export function findPolicy(target: ChangeTarget, policies: readonly ApprovalPolicy[]): ApprovalPolicy | undefined {
  const [only, ...others] = policiesOf(target, policies).filter(({ changes }) => changes.includes(target.change));
  return others.length === 0 ? only : undefined;
}

/** Those for any kind of change there. */
export function policiesOf(
  place: Pick<ChangeTarget, 'customer' | 'environment'>,
  policies: readonly ApprovalPolicy[],
): readonly ApprovalPolicy[] {
  return policies.filter(({ environments }) => environments.includes(refOf(place)));
}

/** `customer/environment`. */
export function refOf({ customer, environment }: Pick<ChangeTarget, 'customer' | 'environment'>): string {
  return `${customer}/${environment}`;
}

/** The policy to decide by, or why nobody can ask for this change or approve it, whoever they are. */
export function policyToDecideBy(
  target: ChangeTarget,
  policies: readonly ApprovalPolicy[],
): { readonly policy: ApprovalPolicy } | { readonly gap: string } {
  const policy = findPolicy(target, policies);
  if (policy === undefined) {
    const what = `\`${target.change}\` in \`${refOf(target)}\``;
    return {
      gap: `No approval policy of msops.yml covers ${what}, so nobody can approve it. Whoever runs msops can add one.`,
    };
  }
  const isEmpty = policy.groups.length === 0 || policy.groups.some(({ count }) => !(count >= 1));
  return isEmpty
    ? {
        gap: `The approval policy *${policy.name}* has an empty group of approvers, so nobody can approve this. Whoever runs msops can correct it.`,
      }
    : { policy };
}
