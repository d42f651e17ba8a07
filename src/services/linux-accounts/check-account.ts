import type { LinuxAccount } from './linux-account.ts';

const USER = /^msro-[a-z0-9][a-z0-9-]{0,26}$/;
const GRANT = /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/;
const KEY = /^[a-z0-9@.-]+ [A-Za-z0-9+/]+=*$/;
/** No line break and no character that would end a line of the host's own notes. */
const HOME = /^\/[^\p{Cc}]+$/u;

/** Why an account cannot be worked on; `undefined`: it can. What is refused here never reaches a host. */
export function checkAccount(
  account: Pick<LinuxAccount, 'grantId' | 'user' | 'productHomes'> & Partial<Pick<LinuxAccount, 'publicKey' | 'until'>>,
): string | undefined {
  const { grantId, productHomes, publicKey, until, user } = account;
  if (!(GRANT.test(grantId) && USER.test(user))) {
    return `\`${user}\` of grant \`${grantId}\` is no name that msops gives to accounts`;
  }
  if (publicKey !== undefined && !KEY.test(publicKey)) {
    return 'the public key is not one key without options and comment';
  }
  if (until !== undefined && Number.isNaN(until.getTime())) {
    return 'its end is no date';
  }
  return productHomes.every((home) => HOME.test(home)) ? undefined : 'the home of a product is no absolute path';
}
