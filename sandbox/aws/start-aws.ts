import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults, type Faults } from './faults.ts';
import { type Call, createAwsServer } from './http/aws-server.ts';
import { createMovableClock } from './movable-clock.ts';
import { newIdentity } from './ses/identity-operations.ts';
import { createDkimLookup, type DkimLookup } from './ses/look-for-dkim.ts';
import type { SentMail } from './ses/send-email.ts';
import { type Identity, newSesRegion, normal, type SesRegion } from './ses/ses-region.ts';
import { createSesService } from './ses/ses-service.ts';
import { createSnsService, type SentText } from './sns/sns-service.ts';

export interface AwsOptions {
  /** Defaults to one that is free. */
  readonly port?: number | undefined;
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  /** `127.0.0.1:5353`, where SES looks for DKIM records. Without it, and without a look-up, it never finds any. */
  readonly dnsServers?: readonly string[] | undefined;
  readonly dkimLookup?: DkimLookup | undefined;
}

/** An AWS on this machine: strict where AWS is strict, with its own clock and with faults on demand. */
export interface Aws {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What was sent so far in all regions, oldest first. */
  mails(): readonly SentMail[];
  texts(): readonly SentText[];
  /** What SES knows in a region; to be set. */
  ses(region: string): SesRegion;
  readonly identities: Identities;
  /** Numbers that want no more messages. */
  readonly optedOut: Set<string>;
  readonly faults: Faults;
  readonly calls: readonly Call[];
  /** Calls back after each call that was answered. */
  onCall(listener: (call: Call) => void): void;
  /** Lets time pass: for skew, the quota of a day and the 72 hours of a verification. */
  advance(ms: number): void;
  stop(): Promise<void>;
}

export interface Identities {
  /** Makes a domain or an address verified, whatever the DNS says. */
  verify(name: string, region: string): Identity;
  find(name: string, region: string): Identity | undefined;
}

/** On loopback, one port for all services and regions. */
export async function startAws(options: AwsOptions = {}): Promise<Aws> {
  const { accessKeyId = 'AKIASANDBOXMSOPS0001', secretAccessKey = 'sandbox-secret-of-the-local-aws' } = options;
  const clock = createMovableClock();
  const faults = createFaults();
  const [calls, texts]: [Call[], SentText[]] = [[], []];
  const listeners: ((call: Call) => void)[] = [(call) => void calls.push(call)];
  const onCall = (call: Call) => {
    for (const listener of listeners) {
      listener(call);
    }
  };
  const optedOut = new Set<string>();
  const regions = new Map<string, SesRegion>();
  const region = (name: string) => regions.get(name) ?? keep(regions, name);
  const ses = await createSesService({ region, lookup: lookupOf(options), clock });
  const sns = await createSnsService({ texts, optedOut, clock });
  const server = createAwsServer({
    services: { ses, sns },
    keys: { accessKeyId, secretAccessKey },
    ...{ clock, faults, onCall },
  });

  return {
    url: await listen(server, options.port ?? 0),
    ...{ accessKeyId, secretAccessKey, faults, calls, optedOut, ses: region },
    onCall: (listener) => void listeners.push(listener),
    mails: () =>
      [...regions.values()].flatMap(({ mails }) => mails).toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    texts: () => [...texts],
    identities: {
      find: (name, at) => region(at).identities.get(normal(name)),
      verify(name, at) {
        const identity = region(at).identities.get(normal(name)) ?? newIdentity(normal(name), at, clock.now());
        identity.status = 'SUCCESS';
        region(at).identities.set(identity.name, identity);
        return identity;
      },
    },
    advance: clock.advance,
    stop: () => stop(server),
  };
}

function keep(regions: Map<string, SesRegion>, name: string): SesRegion {
  const made = newSesRegion();
  regions.set(name, made);
  return made;
}

function lookupOf({ dkimLookup, dnsServers }: AwsOptions): DkimLookup {
  return dkimLookup ?? (dnsServers ? createDkimLookup(dnsServers) : async () => 'HOST_NOT_FOUND');
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
