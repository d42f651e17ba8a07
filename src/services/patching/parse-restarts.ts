import type { ProbePart, ProbeParts } from '../../domain/probe-output.ts';
import { matchLines } from './match-lines.ts';
import type { KernelSample, OsFamily, OsSample } from './os-sample.ts';

/** What runs on files that were replaced since. */
export function parseRestarts(parts: ProbeParts, family: OsFamily | undefined): Pick<OsSample, 'kernel' | 'restarts'> {
  const kernel = parts.get('kernel');
  const running = kernel?.exitCode === 0 ? kernel.lines[0]?.trim() || undefined : undefined;
  return family === 'rhel'
    ? { kernel: rhelKernel(parts, running), restarts: rhelServices(parts.get('restarts')) }
    : { kernel: debianKernel(parts, running), restarts: debianServices(parts.get('needrestart')) };
}

const NATURAL = new Intl.Collator('en', { numeric: true });

/** The file `reboot-required` proves something only by being there: most hosts have nothing that writes it. */
function debianKernel(parts: ProbeParts, running: string | undefined): KernelSample {
  const rows = matchLines(parts.get('kernels'), /^installed linux-image-(\d\S*) (\S+)$/);
  const versions = new Map(rows.map(([, release = '', version = '']) => [release, version]));
  const newest = newestOfSameFlavor([...versions.keys()], running);
  const isAsked = parts.get('rebootfile')?.exitCode === 0;
  const compared =
    newest === undefined ? undefined : newest !== running || isRebuilt(parts.get('build'), versions.get(newest));
  return { running, newest, rebootNeeded: isAsked || (needrestartVerdict(parts.get('needrestart')) ?? compared) };
}

/** `undefined` when what runs is none of the packages, as in a container: then they do not say what a reboot would start. */
function newestOfSameFlavor(releases: readonly string[], running: string | undefined): string | undefined {
  if (running === undefined || !releases.includes(running)) {
    return undefined;
  }
  const alike = releases.filter((release) => flavorOf(release) === flavorOf(running));
  return alike.toSorted(NATURAL.compare).at(-1);
}

/** `cloud-amd64` of `6.1.0-56-cloud-amd64`. */
function flavorOf(release: string): string {
  return release.replace(/^\d[\w.+~-]*?-(?=[a-z])/, '');
}

/** Debian's kernels name their package's version: the same release can be built anew. */
function isRebuilt(build: ProbePart | undefined, installed: string | undefined): boolean {
  const running = / Debian (\S+)/.exec(build?.lines[0] ?? '')?.[1];
  return running !== undefined && installed !== undefined && running !== installed;
}

/** 1: the newest kernel runs; 2 and 3: another one waits; 0: it could not tell. */
function needrestartVerdict(part: ProbePart | undefined): boolean | undefined {
  const [state] = matchLines(part, /^NEEDRESTART-KSTA: ([123])$/);
  return state ? state[1] !== '1' : undefined;
}

function debianServices(part: ProbePart | undefined): readonly string[] | undefined {
  const hasRun = part?.exitCode === 0 && matchLines(part, /^NEEDRESTART-VER: /).length > 0;
  return hasRun
    ? matchLines(part, /^NEEDRESTART-SVC: (\S+)$/).map(([, name = '']) => name.replace(/\.service$/, ''))
    : undefined;
}

/** The plugin's exit code 1 is "reboot" and any error alike, so its words decide. */
function rhelKernel(parts: ProbeParts, running: string | undefined): KernelSample {
  const rows = matchLines(parts.get('kernels'), /^(\d{1,11}) (\d\S*)$/);
  const newest = rows.toSorted((one, other) => Number(one[1]) - Number(other[1])).at(-1)?.[2];
  const words = parts.get('reboot')?.lines.join(' ') ?? '';
  const said = /reboot is required/i.test(words)
    ? true
    : /reboot should not be necessary/i.test(words)
      ? false
      : undefined;
  const compared = newest === undefined || running === undefined ? undefined : newest !== running;
  return { running, newest, rebootNeeded: said ?? compared };
}

function rhelServices(part: ProbePart | undefined): readonly string[] | undefined {
  const isAnswer = part?.exitCode === 0 || (part?.lines ?? []).some((line) => /^\S+\.service$/.test(line));
  return isAnswer ? matchLines(part, /^(\S+)\.service$/).map(([, name = '']) => name) : undefined;
}
