import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import type { Environment, Product } from '../../src/domain/inventory.ts';
import { createCertificateService } from '../../src/services/certificates/certificate-service.ts';
import type { HostCertificates } from '../../src/services/certificates/ports.ts';
import { anAlertWorld, aWatched, HOLDS } from '../unit/services/alerts/alert-world.ts';
import { exec, fault, heal, shell } from './fleet.ts';
import { environmentOf, PRODUCT } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

const HOST = 'a1';
const SECURITY = `${PRODUCT.home}/repository/resources/security`;
const SHOWN = 'https://127.0.0.1:9443';
const KEYSTORE = `${SECURITY}/wso2carbon.jks (wso2carbon)`;
const LOCKED = 'its certificates are encrypted with its password, which msops does not have';
const DAY_MS = 86_400_000;
const product: Product = { ...PRODUCT, health: [{ name: 'carbon', url: `${SHOWN}/carbon/`, expectedStatus: 200 }] };

let executor: SshExecutor;
beforeAll(async () => {
  executor = openExecutor();
  await shell(HOST, `[ ! -d ${SECURITY} ] || cp -a ${SECURITY} /tmp/security`);
  // As a product keeps them: nobody but its own user may look.
  await shell(
    HOST,
    `mkdir -p ${SECURITY} && cd ${SECURITY} && rm -rf ./*
     keytool -importkeystore -srckeystore /etc/ssl/certs/java/cacerts -srcstorepass changeit -noprompt \\
       -destkeystore client-truststore.jks -deststoretype JKS -deststorepass wso2carbon >/dev/null 2>&1
     keytool -genkeypair -alias p12 -keyalg RSA -dname CN=p12 -validity 90 -storetype PKCS12 -keystore apim.p12 \\
       -storepass wso2carbon 2>/dev/null
     chown -R wso2: . && chmod 700 . && chmod 600 ./*`,
  );
}, 120_000);
afterAll(async () => {
  executor.close();
  await shell(HOST, `pkill -x openssl; rm -rf ${SECURITY}; [ ! -d /tmp/security ] || mv /tmp/security ${SECURITY}`);
  await heal(HOST);
});
beforeEach(() => renew(5));

/** Another certificate, in the keystore and at the port. */
async function renew(days: number): Promise<void> {
  await shell(
    HOST,
    `cd ${SECURITY} && rm -f wso2carbon.jks && keytool -genkeypair -alias wso2carbon -keyalg RSA -validity ${days} \\
       -dname 'CN=is.acme.example, O=Acme' -storetype JKS -keystore wso2carbon.jks -storepass wso2carbon \\
       -keypass wso2carbon 2>/dev/null && chown wso2: wso2carbon.jks && chmod 600 wso2carbon.jks`,
  );
  await shell(HOST, 'pkill -x openssl; :');
  await shell(
    HOST,
    `openssl req -x509 -newkey rsa:2048 -nodes -keyout /root/tls.key -out /root/tls.pem -days ${days} -subj /CN=localhost 2>/dev/null
     setsid openssl s_server -accept 127.0.0.1:9443 -cert /root/tls.pem -key /root/tls.key -quiet </dev/null >/dev/null 2>&1 &
     for try in 1 2 3 4 5 6 7 8 9 10; do ss -ltn | grep -q 9443 && exit 0; sleep 0.3; done; exit 1`,
  );
}

/** The service over the real alert engine, with what it remembers between two checks. */
function setUp() {
  const [host] = environmentOf('acme', [HOST], [product]).hosts;
  const { accessPath } = environmentOf('acme', [HOST]);
  const never = { ...HOLDS.certificate, warningMs: 0, criticalMs: 0, clearMs: 0 };
  const watched = aWatched([HOST]);
  const environment: Environment = {
    ...{ ...watched, accessPath, hosts: host === undefined ? [] : [host] },
    monitoring: { ...watched.monitoring!, holds: { ...HOLDS, certificate: never } },
  };
  const world = anAlertWorld([HOST], { environment, clock: systemClock });
  let last: HostCertificates | undefined;
  const certificates = createCertificateService({
    ...{ executor, clock: systemClock, logger: silentLogger, alerts: world.alerts },
    store: {
      save: async (found) => {
        last = found;
      },
      list: async () => (last === undefined ? [] : [last]),
    },
  });
  const firing = async () =>
    (await world.alerts.open('all')).flatMap(({ alerts }) =>
      alerts.map(({ subject, severity }) => [subject, severity]),
    );
  return { check: () => certificates.check(environment), firing, found: () => last?.certificates ?? [] };
}

describe('certificates of a real host', () => {
  it('are found where they are shown and kept, without a password and without changing anything', async () => {
    const look = () => shell(HOST, `find ${PRODUCT.home}/repository/resources -printf '%p %T@ %s\\n' | sort`);
    const before = await look();
    const { check, found } = setUp();
    await check();
    const days = ({ endsAt }: ReturnType<typeof found>[number]) =>
      endsAt === undefined ? undefined : Math.round((endsAt.getTime() - Date.now()) / DAY_MS);
    const seen = found().map((one) => [one.where, one.subject, days(one) ?? one.note]);
    expect(seen).toContainEqual([SHOWN, 'CN=localhost', 5]);
    expect(seen).toContainEqual([KEYSTORE, 'CN=is.acme.example, O=Acme', 5]);
    expect(seen).toContainEqual([`${SECURITY}/apim.p12`, '', LOCKED]);
    expect(seen).toHaveLength(3);
    expect(await look()).toBe(before);
  });

  it('alert while they end soon, and stop by themselves when they are renewed', async () => {
    const { check, firing } = setUp();
    await check();
    expect((await firing()).toSorted()).toEqual([
      [KEYSTORE, 'critical'],
      [SHOWN, 'critical'],
    ]);
    await renew(20);
    await check();
    expect((await firing()).map(([, severity]) => severity)).toEqual(['warning', 'warning']);
    await renew(365);
    await check();
    expect(await firing()).toEqual([]);
  });

  it('are known of a host that cannot be reached for a while', async () => {
    const { check, firing } = setUp();
    await check();
    await fault(HOST, 'ssh-hang');
    await check();
    await heal(HOST);
    expect(await firing()).toHaveLength(2);
  }, 180_000);

  it('are unknown when nothing of them can be read', async () => {
    const { check, firing, found } = setUp();
    await shell(HOST, 'pkill -x openssl; :');
    await exec(HOST, 'mv', '/etc/sudoers.d', '/etc/sudoers.away');
    await check();
    await exec(HOST, 'mv', '/etc/sudoers.away', '/etc/sudoers.d');
    expect(found().map(({ endsAt }) => endsAt)).toEqual([undefined, undefined]);
    expect(found()[0]?.note).toBe('the connection was refused');
    expect(found()[1]?.note).toMatch(/sudo/);
    expect(await firing()).toEqual([['', 'unknown']]);
  });
});
