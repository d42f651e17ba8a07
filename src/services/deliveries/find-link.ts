import type { Clock } from '../../domain/clock.ts';
import type { MessageLinks } from '../notifications/ports.ts';

/** A Slack that does not answer must not hold up those who are told because of it. */
const LINK_MAY_TAKE_MS = 2_000;

export async function findLink(
  key: string,
  { links, clock }: { readonly links: MessageLinks; readonly clock: Clock },
): Promise<string | undefined> {
  const found = new AbortController();
  const tooLate = clock.sleep(LINK_MAY_TAKE_MS, found.signal).then(() => undefined);
  return Promise.race([links.linkTo(key), tooLate]).finally(() => found.abort());
}
