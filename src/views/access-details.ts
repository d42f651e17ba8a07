import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { GrantFacts, HostWay } from '../services/access/ports.ts';
import { ownButtons } from './access-buttons.ts';
import { grantRef } from './access-state.ts';
import { keyInWords } from './access-text.ts';
import { actions, context, section } from './blocks.ts';
import { code, escapeMrkdwn } from './mrkdwn.ts';
import { listHosts, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

/** Below what Slack takes in a section, with room for the fences. */
const LONGEST_CONFIG = 2_700;
const CONFIG_SECTIONS = 20;
const SHOWN_FINGERPRINTS = 4;

/** How to get in, for the person alone. Nothing in it is secret, and nothing of it is of use to anybody else. */
export function accessDetails(facts: GrantFacts): Message {
  const { grant, timeZone } = facts;
  const text = `🔓 Your read-only access to ${sentence(grantRef(grant))}`;
  const blocks = [
    section(`*${text}* is there until ${dateInZone(grant.until, timeZone)}.`),
    ...pageBlocks(facts),
    ...linuxBlocks(facts),
    ...actions(...ownButtons(facts)),
    context('Only you see this. It goes when you reload Slack; “How do I get in?” on the card shows it again.'),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function pageBlocks({ grant }: GrantFacts): readonly KnownBlock[] {
  const { kinds } = grant.wish;
  const lines = [
    ...(kinds.includes('dashboard')
      ? [`📈 *Dashboards:* write ${code(`@msops dashboard ${grant.environment}`)} here for a link of your own.`]
      : []),
    ...(kinds.includes('logs') ? ['📜 *Log viewer:* your account may read the logs there.'] : []),
  ];
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}

function linuxBlocks({ grant, hosts, ways }: GrantFacts): readonly KnownBlock[] {
  const { linux } = grant.wish;
  if (linux === undefined) {
    return [];
  }
  const made = hosts.filter(({ state }) => state === 'made').map(({ host }) => host);
  const missing = hosts.filter(({ state }) => state !== 'made').map(({ host }) => host);
  const user = hosts[0]?.user ?? '';
  const reachable = ways.filter(({ host }) => made.includes(host));
  const { texts, left } = packConfigs(reachable.map((way) => configOf(way, { ref: grantRef(grant), user })));
  return [
    section(
      `💻 *Linux account* ${code(user)} on ${count(made.length, 'host')}, with your key ${keyInWords(linux.publicKey)}. It can read, and nothing else: no password, no sudo, no forwarding.`,
    ),
    ...(missing.length > 0 ? [section(`❌ Not on ${listHosts(missing)}. The operations team has been told.`)] : []),
    ...(texts.length > 0 ? [section(CONFIG_HINT), ...texts.map((config) => section(`\`\`\`${config}\`\`\``))] : []),
    ...(left > 0 ? [context(`${count(left, 'host')} found no room here: ask the operations team for the rest.`)] : []),
  ];
}

const CONFIG_HINT =
  'For your `~/.ssh/config`. Compare the fingerprint at the first login. At a bastion you are who you are there: write `you@` before its address when that is another name, and leave `ProxyJump` out where you reach the hosts without it. Add `IdentityFile` when your key is in no file with a usual name.';

interface Login {
  readonly ref: string;
  readonly user: string;
}

/** One `Host` of an ssh config. Nothing that comes from elsewhere can begin a line of its own. */
function configOf({ host, address, port, bastions, fingerprints }: HostWay, { ref, user }: Login): string {
  return [
    `Host ${word(`${ref.replace('/', '-')}-${host}`)}`,
    `  HostName ${word(address)}`,
    `  Port ${port}`,
    `  User ${word(user)}`,
    '  IdentitiesOnly yes',
    ...(bastions.length > 0 ? [`  ProxyJump ${bastions.map(word).join(',')}`] : []),
    ...fingerprints.slice(0, SHOWN_FINGERPRINTS).map((fingerprint) => `  # host key ${escapeMrkdwn(fingerprint)}`),
  ].join('\n');
}

function word(text: string): string {
  return text.replaceAll(/[^\w.:[\]%@-]/g, '_').slice(0, 200);
}

/** Each text is fences apart, so none may be cut by Slack's limit. */
function packConfigs(configs: readonly string[]): { readonly texts: readonly string[]; readonly left: number } {
  const texts: string[] = [];
  let taken = 0;
  for (const config of configs) {
    const grown = `${texts.at(-1) ?? ''}\n${config}`;
    if (texts.length > 0 && grown.length <= LONGEST_CONFIG) {
      texts[texts.length - 1] = grown;
    } else if (texts.length < CONFIG_SECTIONS) {
      texts.push(config);
    } else {
      break;
    }
    taken += 1;
  }
  return { texts, left: configs.length - taken };
}
