import type { Alert, Suppression } from '../services/alerts/alert.ts';

/** As customers read it: a reason may name somebody of ours or say what we do. */
const NAMELESS: Readonly<Record<Suppression['kind'], string | undefined>> = {
  silence: 'silenced',
  maintenance: 'maintenance',
  follows: undefined,
};

/** Why nobody is told, in plain text. Words alone, as they were written before reasons had a kind, may say anything. */
export function whyHeldBack(why: NonNullable<Alert['suppressed']>, { isOps }: { readonly isOps: boolean }): string {
  if (typeof why === 'string') {
    return isOps ? why : 'held back';
  }
  return (isOps ? undefined : NAMELESS[why.kind]) ?? why.text;
}
