import type { CarrierResult, Rejection, Trouble } from '../../services/deliveries/ports.ts';
import type { GatewayOutcome } from './gateway.ts';

/** What one gateway said to what was still to be sent. */
export interface Attempt {
  /** Its name. */
  readonly by: string;
  readonly outcome: GatewayOutcome;
}

type Outcome<Kind> = Extract<GatewayOutcome, { kind: Kind }>;

/** For whom the next gateway is asked: everybody, nobody, or those whom the last one would take later. */
export function stillWaiting(to: readonly string[], attempts: readonly Attempt[]): readonly string[] {
  return attempts.reduce<readonly string[]>((waiting, { outcome }) => {
    if (outcome.kind === 'taken') {
      return outcome.deferred.map(({ recipient }) => recipient);
    }
    return outcome.kind === 'refused' ? [] : waiting;
  }, to);
}

/** All attempts as one. A mail that was taken for somebody is sent, and never sent again to the others. */
export function resultOf(attempts: readonly Attempt[]): CarrierResult {
  const failed = attempts.map(({ outcome }) => outcome).filter((one) => one.kind === 'unable');
  const refused = attempts.map(({ outcome }) => outcome).find((one) => one.kind === 'refused');
  const taken = attempts.filter(({ outcome }) => outcome.kind === 'taken');
  if (taken.length > 0) {
    return sent(taken, { failed, refused });
  }
  if (refused) {
    const text = [...texts(failed), refused.trouble.text].join(' ');
    return { kind: 'refused', trouble: { ...refused.trouble, text }, rejected: refused.rejected };
  }
  return nobodyTookIt(failed);
}

function sent(
  taken: readonly Attempt[],
  {
    failed,
    refused,
  }: { readonly failed: readonly Outcome<'unable'>[]; readonly refused?: Outcome<'refused'> | undefined },
): CarrierResult {
  const outcomes = taken.map(({ outcome }) => outcome as Outcome<'taken'>);
  const ids = outcomes.map(({ id }) => id).filter((id) => id !== undefined);
  // Whoever the last gateway says nothing about is still one that the one before would have taken later.
  const left = refused && refused.rejected.length > 0 ? refused.rejected : (outcomes.at(-1)?.deferred ?? []);
  const rejected: Rejection[] = [...outcomes.flatMap((one) => one.rejected), ...left];
  const by = taken.map((one) => one.by).join(' and ');
  return { kind: 'sent', by, id: ids.length > 0 ? ids.join(', ') : undefined, rejected, passedOver: texts(failed) };
}

/** Tried again as long as one of them may take it by itself; the trouble is of the first such. */
function nobodyTookIt(failed: readonly Outcome<'unable'>[]): CarrierResult {
  const passing = failed.find(({ isLasting }) => !isLasting);
  const trouble: Trouble = { class: (passing ?? failed[0])?.trouble.class ?? 'other', text: texts(failed).join(' ') };
  return passing ? { kind: 'later', trouble } : { kind: 'refused', trouble, rejected: [] };
}

function texts(failed: readonly Outcome<'unable'>[]): string[] {
  return failed.map(({ trouble }) => trouble.text);
}
