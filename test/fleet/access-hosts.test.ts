import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AccessTrial, beginAccessTrial } from './access-trial.ts';
import { exec, fault, heal, shell } from './fleet.ts';

const HOST = 'a2';
let trial: AccessTrial;

beforeAll(async () => {
  trial = await beginAccessTrial(HOST);
});
afterEach(() => trial.clean());
afterAll(() => trial.close());

describe('hosts that are not as usual', () => {
  it('keep an account that is somebody else’s', async () => {
    const wanted = trial.account();
    await exec(HOST, 'useradd', '-m', '-c', 'somebody else', wanted.user);
    expect(await trial.make(wanted)).toMatchObject({ ok: false, reason: expect.stringContaining('somebody else') });
    expect(await trial.remove(wanted)).toMatchObject({ ok: false, reason: expect.stringContaining('somebody else') });
    expect(await shell(HOST, `getent passwd ${wanted.user} | cut -d: -f5; ls -d /home/${wanted.user}`)).toBe(
      `somebody else\n/home/${wanted.user}`,
    );
    await exec(HOST, 'userdel', '-r', wanted.user);
  });

  it('do without the group systemd-journal and without setfacl, and say so', async () => {
    await shell(
      HOST,
      'cp /etc/group /etc/group.kept; cp /etc/gshadow /etc/gshadow.kept; groupdel systemd-journal; mv /usr/bin/setfacl /usr/bin/setfacl.off',
    );
    const wanted = trial.account();
    const end = await trial.make(wanted);
    const login = await trial.as(wanted, 'id -Gn');
    await shell(
      HOST,
      'mv /usr/bin/setfacl.off /usr/bin/setfacl; groupadd -r systemd-journal; rm /etc/group.kept /etc/gshadow.kept',
    );
    expect(end).toMatchObject({
      ok: true,
      note: expect.stringMatching(/no group systemd-journal.*setfacl is not installed/),
    });
    expect(login).toMatchObject({ code: 0, stdout: `${wanted.user} adm` });
  });

  it.each([
    ['7.4', false],
    ['8.4', true],
  ])('have an sshd of OpenSSH %s', async (version, hasKeyEnd) => {
    await shell(
      HOST,
      `printf '#!/bin/sh\\n[ "$1" = -V ] || exec /usr/sbin/sshd "$@"\\necho "OpenSSH_${version}p1, OpenSSL 1.1.1" >&2\\n' >/usr/local/sbin/sshd; chmod 755 /usr/local/sbin/sshd; ln -sf /usr/share/zoneinfo/Asia/Tokyo /etc/localtime`,
    );
    const wanted = trial.account({ until: new Date('2099-12-22T17:00:00Z') });
    const end = await trial.make(wanted);
    const key = await exec(HOST, 'cat', `/home/${wanted.user}/.ssh/authorized_keys`);
    const login = await trial.as(wanted, 'true');
    const day = (await exec(HOST, 'getent', 'shadow', wanted.user)).split(':')[7];
    await shell(HOST, 'rm -f /usr/local/sbin/sshd; ln -sf /usr/share/zoneinfo/Etc/UTC /etc/localtime');
    expect(login).toMatchObject({ code: 0 });
    expect(key.startsWith(hasKeyEnd ? 'restrict,pty,expiry-time="20991223020000" ' : 'restrict,pty ssh-')).toBe(true);
    expect(Number(day) * 86_400_000).toBe(Date.parse(hasKeyEnd ? '2099-12-23' : '2099-12-22'));
    expect(end).toEqual({
      ok: true,
      note: hasKeyEnd ? undefined : expect.stringContaining('OpenSSH 7.4 cannot end a key at a minute'),
    });
  });

  it('keep people out by AllowUsers: nothing is left of the attempt', async () => {
    await fault(HOST, 'allow-users', 'ops');
    const wanted = trial.account();
    expect(await trial.make(wanted)).toMatchObject({ ok: false, reason: expect.stringContaining('AllowUsers ops') });
    expect(await shell(HOST, `getent passwd ${wanted.user}; ls /home /var/lib/msops/access`)).not.toContain('msro-');
  });

  it('would give rights by sudoers: nothing is left of the attempt', async () => {
    await shell(HOST, 'echo "%adm ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/adm; chmod 440 /etc/sudoers.d/adm');
    const wanted = trial.account();
    const end = await trial.make(wanted);
    const found = await trial.inspect();
    await exec(HOST, 'rm', '/etc/sudoers.d/adm');
    expect(end).toMatchObject({ ok: false, reason: expect.stringContaining('sudoers would give this account rights') });
    expect(found.sudoers).toContain('/etc/sudoers.d/adm: %adm ALL=(ALL) NOPASSWD: ALL');
    expect(await shell(HOST, 'ls /home')).not.toContain('msro-');
  });

  it('look for keys elsewhere', async () => {
    await shell(
      HOST,
      'echo "AuthorizedKeysFile /etc/ssh/people/%u .ssh/authorized_keys" >/etc/ssh/sshd_config.d/01-fault.conf; service ssh reload',
    );
    const wanted = trial.account();
    const end = await trial.make(wanted);
    const file = await shell(HOST, `stat -c '%U %a' /etc/ssh/people/${wanted.user}`);
    const login = await trial.as(wanted, 'true');
    const gone = await trial.remove(wanted);
    const left = await shell(HOST, 'ls /etc/ssh/people');
    await heal(HOST);
    expect(end).toMatchObject({ ok: true });
    expect(file).toBe('root 644');
    expect(login).toMatchObject({ code: 0 });
    expect(gone).toMatchObject({ ok: true });
    expect(left).toBe('');
  });

  it('were left with half an account, which lets nobody in and is made whole', async () => {
    await shell(
      HOST,
      'printf "#!/bin/sh\\nkill -KILL $PPID\\n" >/usr/local/sbin/chage; chmod 755 /usr/local/sbin/chage',
    );
    const wanted = trial.account();
    const end = await trial.make(wanted);
    const login = await trial.as(wanted, 'true');
    await exec(HOST, 'rm', '/usr/local/sbin/chage');
    expect(end).toMatchObject({ ok: false });
    expect(login).toMatchObject({ code: 255, stderr: expect.stringContaining('expired') });
    expect(await trial.make(wanted)).toEqual({ ok: true, note: undefined });
    expect(await trial.as(wanted, 'true')).toMatchObject({ code: 0 });
  });

  it('are asked by a login user without sudo', async () => {
    await fault(HOST, 'no-sudo');
    const end = await trial.make(trial.account());
    expect(end).toMatchObject({ ok: false, advice: expect.stringContaining('sudo without a password') });
  });
});
