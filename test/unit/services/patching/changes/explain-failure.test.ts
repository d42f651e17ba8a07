import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../../../../src/services/patching/changes/explain-failure.ts';

const apt = (output: string, exitCode = 100) => explainFailure({ family: 'debian', exitCode, output, lockMs: 300_000 });
const dnf = (output: string, exitCode = 1) => explainFailure({ family: 'rhel', exitCode, output, lockMs: 45_000 });

describe('explainFailure of apt', () => {
  it.each([
    [
      'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 15665 (python3)\nN: Be aware',
      'another package manager held the lock for 5 min: python3 (pid 15665)',
    ],
    [
      'dpkg: error: dpkg frontend lock was locked by another process with pid 812',
      'another package manager held the lock for 5 min: pid 812',
    ],
    ['E: Could not get lock /var/cache/apt/archives/lock', 'held the lock for 5 min: another process'],
    ["E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.", 'interrupted'],
    [
      'Setting up acme-broken (1.1) ...\nno such user\ndpkg: error processing package acme-broken (--configure):\n installed acme-broken package post-installation script subprocess returned error exit status 3\nErrors were encountered while processing:\n acme-broken\nE: Sub-process /usr/bin/dpkg returned an error code (1)',
      'the post-installation script of acme-broken failed with exit code 3; the package is half configured',
    ],
    [
      ' new acme-lib package pre-installation script subprocess returned error exit status 1',
      'the pre-installation script of acme-lib failed with exit code 1',
    ],
    ["E: Version '1.1' for 'acme-lib' was not found", 'acme-lib 1.1 is in no package source any more'],
    [
      'E: Failed to fetch http://deb.debian.org/pool/o/openssl_3.0.22_amd64.deb  404  Not Found [IP: 192.0.2.1 80]',
      'openssl_3.0.22_amd64.deb is in no package source any more',
    ],
    [
      'E: Failed to fetch http://mirror.acme.test/x.deb  Could not connect to mirror.acme.test:80',
      'could not be fetched: Could not connect',
    ],
    ["E: You don't have enough free space in /var/cache/apt/archives/.", 'the disk is full (/var/cache/apt/archives/)'],
    ['dpkg: error: unable to write: No space left on device', 'the disk is full'],
    ['E: Packages need to be removed but remove is disabled.', 'this change removes nothing'],
    ['The following packages have unmet dependencies:\n acme-lib : Depends: acme-new', 'cannot be met'],
    ['E: There were unauthenticated packages and -y was used without --allow-unauthenticated', 'signature'],
    ['E: Held packages were changed and -y was used without --allow-change-held-packages.', 'put on hold since'],
    ['E: Something else\nE: Sub-process', 'apt-get failed with exit code 100: E: Something else'],
    ['', 'apt-get failed with exit code 100'],
  ])('says what happened in the words of the field: %s', (output, words) => {
    const { reason, advice } = apt(output);
    expect(reason).toContain(words);
    expect(advice).not.toBe('');
  });

  it('takes a script that failed because the disk is full for a full disk', () => {
    const output =
      'cp: error writing: No space left on device\n installed acme-lib package post-installation script subprocess returned error exit status 1';
    expect(apt(output).reason).toBe('the disk is full');
  });
});

describe('explainFailure of dnf', () => {
  it.each([
    ['msops: the lock is held by process 77 (dnf)', 'another package manager held the lock for 45 s: dnf (pid 77)'],
    ['No match for argument: openssl-libs-3.0.7-28.el9.x86_64', 'openssl-libs-3.0.7-28.el9.x86_64 is in no package'],
    ['Error in POSTIN scriptlet in rpm package acme-broken', 'the POSTIN scriptlet of acme-broken failed'],
    ['Public key for acme.rpm is not installed\nError: GPG check FAILED', 'signature'],
    [
      'Error: Transaction test error:\n  At least 12MB more space needed on the /usr filesystem.',
      'disk is full (/usr)',
    ],
    [' Problem: package a requires b, but none of the providers can be installed', 'package a requires b'],
    ['  - Curl error (6): Could not resolve host name', 'could not be fetched: Could not resolve host name'],
    ['Error: what', 'dnf failed with exit code 1: Error: what'],
  ])('says what happened in the words of the field: %s', (output, words) => {
    expect(dnf(output).reason).toContain(words);
  });
});

describe('explainFailure of a source with a password in its address', () => {
  const SOURCE = 'https://bob:hunter2pw@repo.acme.test/debian';

  it('names the host alone', () => {
    const { reason, advice } = apt(`E: Failed to fetch ${SOURCE}/x.deb  Could not connect to ${SOURCE}`);
    expect(reason).toContain('could not be fetched: Could not connect to https://bob:[secret]@repo.acme.test/debian');
    expect(advice).toBe('Check that the host reaches repo.acme.test.');
  });

  it.each([
    apt(`E: The repository '${SOURCE} bookworm Release' is not signed.`),
    apt(`E: Failed to fetch ${SOURCE}/x.deb  404  Not Found`),
    dnf(`  - Curl error (6): Could not resolve host name for ${SOURCE}/repodata/repomd.xml`),
    dnf(`Problem: package a of ${SOURCE} conflicts with b`),
    dnf(`Error: what about ${SOURCE}`),
  ])('shows no password: %j', (words) => {
    expect(JSON.stringify(words)).not.toContain('hunter2pw');
  });
});
