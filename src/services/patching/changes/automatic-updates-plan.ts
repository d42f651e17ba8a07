import { count } from '../../../domain/count.ts';
import type { ChangePlan, ChangeSelection, ChangeSpec } from '../../rollouts/host-change.ts';
import { type AskedHost, type AskHost, isNoAnswer, problemOf } from '../ask-host.ts';
import type { AutoSample } from '../auto-sample.ts';
import { judgeAuto } from '../judge-auto.ts';
import type { OsFamily } from '../os-sample.ts';
import { parseAuto } from '../parse-auto.ts';
import { buildPatchProbe } from '../patch-probe-command.ts';
import { APT_SETTINGS_FILE } from './automatic-updates-script.ts';
import { assemblePlan } from './os-packages-plan.ts';
import type { HostOutcome } from './plan-host.ts';

/** What is missing on a host. Plain JSON. */
export interface AutomaticWork {
  readonly family: OsFamily;
  readonly install: boolean;
  readonly settings: boolean;
  /** They take in no security updates as they are. */
  readonly origins: boolean;
  readonly timers: boolean;
}

export async function planAutomaticUpdates(
  ask: AskHost,
  spec: ChangeSpec,
  { environment, hosts }: ChangeSelection,
): Promise<ChangePlan> {
  const outcomes = await Promise.all(hosts.map((host) => outcomeOf(ask, { environment, host })));
  const plan = assemblePlan({ type: 'automatic_updates', spec, hosts: hosts.map(({ name }) => name) }, outcomes);
  const where = count(plan.hosts.length, 'host');
  return { ...plan, title: `Switch automatic security updates on, on ${where}` };
}

async function outcomeOf(ask: AskHost, asked: AskedHost): Promise<HostOutcome> {
  const host = asked.host.name;
  const parts = await ask(asked, buildPatchProbe('auto'));
  if (isNoAnswer(parts)) {
    return { problems: [problemOf(asked.host, parts)], warnings: [] };
  }
  const sample = parseAuto(parts);
  const work = findMissing(sample);
  if (work === undefined) {
    return { problems: [{ host, text: sample.os.gaps[0] ?? 'what it runs on is not known' }], warnings: [] };
  }
  const { verdict, findings } = judgeAuto(sample);
  if (!isMissing(work)) {
    const text = `its settings and timers are on already, and yet: ${findings[0]?.text ?? verdict}`;
    return { problems: [], warnings: verdict === 'works' ? [] : [{ host, text }] };
  }
  if (sample.starter?.name === 'cron' && work.timers) {
    return { problems: [{ host, text: `it has no systemd, and ${sample.starter.words}` }], warnings: [] };
  }
  const rollback = rollbackOf(work);
  return { plan: { host, role: asked.host.role, lines: linesOf(work), work, rollback }, problems: [], warnings: [] };
}

/** By settings and timers; a run comes later. `undefined`: nobody knows what it runs on. */
export function findMissing(sample: AutoSample): AutomaticWork | undefined {
  const { family } = sample.os;
  const { mechanism, enabled, takesSecurity, starter } = sample;
  return family === undefined || mechanism === undefined
    ? undefined
    : {
        family,
        install: mechanism === 'none',
        settings: mechanism === 'none' || enabled !== true || takesSecurity === false,
        origins: mechanism !== 'none' && takesSecurity === false,
        timers: mechanism === 'none' || starter?.works !== true,
      };
}

export function isMissing({ install, settings, timers }: AutomaticWork): boolean {
  return install || settings || timers;
}

function linesOf({ family, install, settings, origins, timers }: AutomaticWork): readonly string[] {
  const isDebian = family === 'debian';
  const file = isDebian ? APT_SETTINGS_FILE : '/etc/dnf/automatic.conf';
  return [
    ...(install ? [`install ${isDebian ? 'unattended-upgrades' : 'dnf-automatic'}`] : []),
    ...(settings ? [`switch it on in ${file}`] : []),
    ...(origins ? ['let it take in security updates'] : []),
    ...(timers ? [`start ${isDebian ? 'apt-daily.timer and apt-daily-upgrade.timer' : 'dnf-automatic.timer'}`] : []),
  ];
}

function rollbackOf({ family }: AutomaticWork): string {
  return family === 'debian'
    ? `by hand: remove ${APT_SETTINGS_FILE}, and switch off apt-daily-upgrade.timer`
    : 'by hand: put /etc/dnf/automatic.conf.before-msops back, and switch off dnf-automatic.timer';
}
