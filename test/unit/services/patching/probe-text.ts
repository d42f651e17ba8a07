import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeParts } from '../../../../src/domain/probe-output.ts';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';

/** What the probe printed on a Debian 12 of packages from before, with Debian's own updates pending. */
export function debianText(question: 'plan' | 'auto'): string {
  return readFileSync(join(import.meta.dirname, `fixtures/debian-12.${question}.txt`), 'utf8');
}

/** A part of the probe's answer: its lines and how it ended. */
export type PartText = readonly [text: string, exitCode: number];

/** The answer with some parts replaced; `undefined` leaves one out. */
export function changed(text: string, parts: Readonly<Record<string, PartText | undefined>>): ProbeParts {
  const kept = text.split('\n').filter((line) => !((/^[a-z]+/.exec(line)?.[0] ?? '') in parts));
  return splitProbeOutput(`${[...kept.filter((line) => line !== ''), ...linesOf(parts)].join('\n')}\n`);
}

export function partsText(parts: Readonly<Record<string, PartText | undefined>>): string {
  return `${linesOf(parts).join('\n')}\n`;
}

function linesOf(parts: Readonly<Record<string, PartText | undefined>>): readonly string[] {
  return Object.entries(parts).flatMap(([name, part]) => {
    const lines = part?.[0] === '' ? [] : (part?.[0].split('\n') ?? []);
    return part ? [...lines.map((line) => `${name}|${line}`), `${name}=${part[1]}`] : [];
  });
}

/** Of a Rocky Linux as the reference's outputs of dnf 4.14 have it; not collected on one. */
export const RHEL_PARTS: Readonly<Record<string, PartText>> = {
  os: ['PRETTY_NAME="Rocky Linux 9.5 (Blue Onyx)"\nID="rocky"\nID_LIKE="rhel centos fedora"', 0],
  now: ['1795400000', 0],
  kernel: ['5.14.0-503.11.1.el9_5.x86_64', 0],
  family: ['rhel', 0],
  updates: [
    `
demo-openssl.noarch                        1.0.3-1                        baseos
demo-tool.noarch                           2.0-4                          baseos
in-house.x86_64                            7-1                            inhouse
Obsoleting Packages
demo-new.noarch                            1-1                            baseos`,
    100,
  ],
  advisories: ['RHSA-2026:1234 Important/Sec. demo-openssl-1.0.2-1.noarch', 0],
  repos: ['repo id      repo name\nbaseos       BaseOS\ninhouse      Ours', 0],
  metadata: [
    `1795390000 with /var/cache/dnf/baseos-2d95c80a1fa0a67d/repodata/repomd.xml
1795396400 without /var/cache/dnf/inhouse-25485261a76941d3/repodata/repomd.xml
1700000000 with /var/cache/dnf/disabled-25485261a76941d3/repodata/repomd.xml`,
    0,
  ],
  versions: ['demo-openssl.noarch 1.0.1-1\ndemo-tool.noarch 2.0-3\nin-house.x86_64 6-1', 0],
  held: ['No such command: versionlock. Please use /usr/bin/dnf --help', 1],
  kernels: ['package kernel is not installed\n1731000000 5.14.0-503.11.1.el9_5.x86_64', 1],
  reboot: ['No core libraries or services have been updated since boot-up.\nReboot should not be necessary.', 0],
  locks: ['', 0],
  restarts: ['', 0],
  end: ['', 0],
};
