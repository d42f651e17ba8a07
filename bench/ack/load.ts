import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Slack } from '../../sandbox/slack/start-slack.ts';

export interface Load {
  readonly slack: Slack;
  /** Of the bot. */
  readonly pid: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** `undefined`: nobody asks for the status meanwhile. */
  readonly statusEveryMs?: number | undefined;
}

export interface LoadResult {
  /** Milliseconds from sending the command to Slack's having the ack. */
  readonly acks: readonly number[];
  readonly refused: number;
  readonly peakRssMiB: number;
  readonly statusRuns: number;
}

const CHANNELS = ['acme-ops', 'globex-ops', 'initech-ops', 'ops-all'];

/** Sends commands at a steady pace, whether or not the ones before were acknowledged. */
export async function runLoad({ slack, pid, perSecond, seconds, statusEveryMs }: Load): Promise<LoadResult> {
  const acks: number[] = [];
  const sent: Promise<void>[] = [];
  let refused = 0;
  let peakRssMiB = 0;
  let statusRuns = 0;
  const say = async (channel: string, text: string): Promise<void> => {
    const outcome = await slack.human.say('alice', channel, text);
    if (outcome.ok && outcome.ms !== undefined) {
      acks.push(outcome.ms);
    } else {
      refused += 1;
    }
  };
  const start = performance.now();
  for (let count = 0; count < perSecond * seconds; count += 1) {
    await delay(Math.max(0, start + (count * 1_000) / perSecond - performance.now()));
    sent.push(say(CHANNELS[count % CHANNELS.length] ?? 'acme-ops', '/msops help'));
    if (statusEveryMs !== undefined && performance.now() - start > statusRuns * statusEveryMs) {
      statusRuns += 1;
      sent.push(say('acme-ops', '/msops status prod'));
    }
    peakRssMiB = count % perSecond === 0 ? Math.max(peakRssMiB, rssMiB(pid)) : peakRssMiB;
  }
  await Promise.all(sent);
  return { acks, refused, peakRssMiB: Math.max(peakRssMiB, rssMiB(pid)), statusRuns };
}

function rssMiB(pid: number): number {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return Math.round(Number(kib) / 1_024);
}
