import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LinuxAccount } from '../../src/services/linux-accounts/linux-account.ts';
import { until } from '../support/until.ts';
import { type AccessTrial, beginAccessTrial } from './access-trial.ts';
import { exec, shell } from './fleet.ts';

const HOST = 'a2';
const LOGS = '/opt/wso2/wso2is-5.11.0/repository/logs';
let trial: AccessTrial;

beforeAll(async () => {
  trial = await beginAccessTrial(HOST);
});
afterEach(() => trial.clean());
afterAll(() => trial.close());

const tracesOf = ({ user }: LinuxAccount, uid: string) =>
  shell(
    HOST,
    `getent passwd ${user}; getent group ${user}; pgrep -l -u ${uid}; ls -d /home/${user} 2>/dev/null;
     find /tmp /var/tmp /dev/shm /home /var/spool /var/lib/systemd/linger -xdev \\( -uid ${uid} -o -name ${user} -o -nouser \\);
     getfacl -R -n -p -s ${LOGS} /opt/wso2 2>/dev/null | grep user:${uid}; ls /var/lib/msops/access; :`,
  );

describe('a read-only account on a real host', () => {
  it('reads logs and writes, becomes and forwards nothing', async () => {
    const wanted = trial.account();
    await shell(HOST, `chmod 750 ${LOGS} /opt/wso2/wso2is-5.11.0; chmod 640 ${LOGS}/*`);
    expect(await trial.make(wanted)).toEqual({ ok: true, note: undefined });
    expect(await trial.as(wanted, 'id -Gn')).toMatchObject({
      code: 0,
      stdout: `${wanted.user} adm systemd-journal`,
    });
    expect(await trial.as(wanted, `cat ${LOGS}/wso2carbon.log | wc -c`)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^[1-9]/),
      stderr: '',
    });
    expect(await trial.as(wanted, `echo x >>${LOGS}/wso2carbon.log`)).toMatchObject({
      code: expect.not.toBeOneOf([0, 255]),
    });
    expect(await trial.as(wanted, 'cat /etc/shadow')).toMatchObject({ code: 1 });
    expect(await trial.as(wanted, 'sudo -n true')).toMatchObject({ code: 1 });
    const log = await shell(HOST, `runuser -u wso2 -- sh -c 'umask 027; echo y >${LOGS}/new.log'; ls ${LOGS}`);
    expect(log).toContain('new.log');
    expect(await trial.as(wanted, `cat ${LOGS}/new.log`)).toMatchObject({ code: 0, stdout: 'y' });
    const forward = await trial.as(wanted, 'true', ['-o', 'ExitOnForwardFailure=yes', '-R', '0:127.0.0.1:22']);
    expect(forward).toMatchObject({ code: 255, stderr: expect.stringContaining('forwarding failed') });
    expect(await trial.as(wanted, '', ['-W', '127.0.0.1:9763'])).toMatchObject({
      code: 255,
      stderr: expect.stringContaining('administratively prohibited'),
    });
  });

  it('cannot write itself a key without an end', async () => {
    const wanted = trial.account();
    await trial.make(wanted);
    const tries = [
      'echo x >>~/.ssh/authorized_keys',
      'mv ~/.ssh ~/old',
      'touch ~/.ssh/x',
      'touch ~/x',
      'rm -rf ~/.ssh',
    ];
    for (const attempt of tries) {
      expect(await trial.as(wanted, attempt), attempt).toMatchObject({ code: expect.not.toBeOneOf([0, 255]) });
    }
    expect(await trial.as(wanted, 'true')).toMatchObject({ code: 0 });
  });

  it('is let in until the minute of its end and by nobody after it', { timeout: 180_000 }, async () => {
    const wanted = trial.account({ until: new Date(Date.now() + 45_000) });
    expect(await trial.make(wanted)).toMatchObject({ ok: true });
    expect(await trial.as(wanted, 'true')).toMatchObject({ code: 0 });
    await until('the end', async () => Date.now() > wanted.until.getTime() + 1_000, 90_000);
    expect(await trial.as(wanted, 'true')).toMatchObject({
      code: 255,
      stderr: expect.stringContaining('Permission denied'),
    });
    expect(await trial.make(wanted)).toMatchObject({ ok: false, reason: 'its end has passed' });
  });

  it('is closed by its day too, which an extension moves', async () => {
    const wanted = trial.account({ until: new Date('2099-12-22T17:00:00Z') });
    await trial.make(wanted);
    const end = async () => (await exec(HOST, 'getent', 'shadow', wanted.user)).split(':')[7];
    expect(Number(await end()) * 86_400_000).toBe(Date.parse('2099-12-23'));
    await trial.make({ ...wanted, until: new Date('2099-12-24T00:00:00Z') });
    expect(Number(await end()) * 86_400_000).toBe(Date.parse('2099-12-24'));
    await exec(HOST, 'chage', '-E', '0', wanted.user);
    expect(await trial.as(wanted, 'true')).toMatchObject({ code: 255 });
    await trial.make(wanted);
    expect(await trial.as(wanted, 'true')).toMatchObject({ code: 0 });
  });

  it('loses what was added to it when it is made again', async () => {
    const wanted = trial.account();
    await trial.make(wanted);
    await exec(HOST, 'usermod', '-aG', 'sudo', wanted.user);
    expect((await trial.inspect()).accounts.find(({ user }) => user === wanted.user)?.groups).toContain('sudo');
    expect(await trial.make(wanted)).toMatchObject({ ok: true });
    expect(await trial.as(wanted, 'id -Gn')).toMatchObject({ stdout: `${wanted.user} adm systemd-journal` });
  });
});

describe('the end of an account', () => {
  it('ends open sessions and takes away all that the person left', async () => {
    const wanted = trial.account();
    await trial.make(wanted);
    const uid = await trial.uidOf(wanted);
    await trial.as(
      wanted,
      'touch /tmp/mine /dev/shm/mine; mkdir -p /var/tmp/d/e; echo "* * * * * touch /tmp/cron" | crontab -; loginctl enable-linger; (setsid sleep 900 >/dev/null 2>&1 &); (trap "" TERM HUP; setsid sh -c "while :; do sleep 1; done" >/dev/null 2>&1 &)',
    );
    expect(await tracesOf(wanted, uid)).toContain('/tmp/mine');
    const session = await trial.openSession(wanted);
    expect(await trial.remove(wanted)).toEqual({ ok: true, note: undefined });
    expect(await session.closed).toBe(255);
    expect(await tracesOf(wanted, uid)).toBe('');
    expect(await trial.as(wanted, 'true')).toMatchObject({ code: 255 });
    expect(await trial.remove(wanted)).toMatchObject({ ok: true });
  });

  it('leaves ACLs of others, and logs as they were', async () => {
    const look = () => shell(HOST, `getfacl -R -p ${LOGS} /opt/wso2/wso2is-5.11.0 2>/dev/null | sort`);
    await shell(HOST, `rm -f ${LOGS}/new.log; setfacl -R -b ${LOGS}`);
    const before = await look();
    const [one, other] = [trial.account(), trial.account()];
    await trial.make(one);
    await trial.make(other);
    await trial.remove(one);
    expect(await trial.as(other, `cat ${LOGS}/wso2carbon.log >/dev/null`)).toMatchObject({ code: 0 });
    await trial.remove({ ...other, productHomes: [] });
    expect(await look()).toBe(before);
  });

  it('never gives somebody else more than a mask leaves them', async () => {
    await shell(HOST, `setfacl -m u:ops:rwx,m::r ${LOGS}/wso2carbon.log`);
    const wanted = trial.account();
    await trial.make(wanted);
    const found = await shell(HOST, `getfacl -p ${LOGS}/wso2carbon.log`);
    const read = await trial.as(wanted, `cat ${LOGS}/wso2carbon.log >/dev/null`);
    await trial.remove(wanted);
    const left = await shell(HOST, `getfacl -c -p ${LOGS}/wso2carbon.log; setfacl -b ${LOGS}/wso2carbon.log`);
    expect(found).toMatch(/user:ops:rwx\s+#effective:r--/);
    expect(read).toMatchObject({ code: 0 });
    expect(left).toMatch(/user:ops:rwx\s+#effective:r--/);
    expect(left).not.toContain(wanted.user);
  });

  it('finds what belonged to an account that was deleted by hand', async () => {
    const wanted = trial.account();
    await trial.make(wanted);
    const uid = await trial.uidOf(wanted);
    await trial.as(wanted, 'touch /tmp/mine');
    await shell(HOST, `until pkill -KILL -u ${uid}; userdel ${wanted.user}; do sleep 0.2; done`);
    expect(await tracesOf(wanted, uid)).toContain('/tmp/mine');
    expect(await trial.remove(wanted)).toEqual({ ok: true, note: undefined });
    expect(await tracesOf(wanted, uid)).toBe('');
  });

  it('says what is left while it cannot be taken away, and ends the login all the same', async () => {
    const wanted = trial.account();
    await trial.make(wanted);
    await shell(HOST, 'printf "#!/bin/sh\\nexit 1\\n" >/usr/local/sbin/userdel; chmod 755 /usr/local/sbin/userdel');
    const end = await trial.remove(wanted);
    const login = await trial.as(wanted, 'true');
    await exec(HOST, 'rm', '/usr/local/sbin/userdel');
    expect(end).toMatchObject({ ok: false, reason: expect.stringContaining(`the account ${wanted.user}`) });
    expect(login).toMatchObject({ code: 255 });
    expect(await trial.remove(wanted)).toMatchObject({ ok: true });
  });

  it('holds against replicas that make and remove it at once', async () => {
    const wanted = trial.account();
    await trial.make(wanted);
    const uid = await trial.uidOf(wanted);
    const later = { ...wanted, until: new Date(Date.now() + 7_200_000) };
    const ends = await Promise.all([trial.remove(wanted), trial.make(later), trial.remove(wanted), trial.make(later)]);
    expect([ends[0], ends[2]]).toEqual([
      { ok: true, note: undefined },
      { ok: true, note: undefined },
    ]);
    expect(await tracesOf(wanted, uid)).toBe('');
  });

  it('is never undone by an attempt to make it that comes late', async () => {
    const wanted = trial.account();
    await trial.make(wanted);
    await trial.remove(wanted);
    expect(await trial.make(wanted)).toMatchObject({ ok: false, reason: expect.stringContaining('already ended') });
    expect(await shell(HOST, `getent passwd ${wanted.user} || echo none`)).toBe('none');
  });
});
