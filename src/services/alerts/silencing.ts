import { type Actor, covers, toPerson } from '../../domain/actor.ts';
import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { AuditEvent, AuditLog } from '../audit/ports.ts';
import type { Silence } from './alert.ts';
import type { AlertService, SilenceRequest } from './alert-service.ts';
import type { SilenceStore } from './ports.ts';

const LONGEST_MS = 7 * 86_400_000;

export interface SilencingDeps {
  readonly silences: SilenceStore;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: Clock;
  /** Says anew of the alerts of an environment who is told. */
  refresh(silence: Silence): Promise<void>;
}

/** For a bounded time and with a reason. */
export function createSilencing(deps: SilencingDeps): Pick<AlertService, 'silence' | 'silenceAll' | 'endSilence'> {
  const { silences, audit, clock, refresh } = deps;

  /** Those of clicks that come again are known already. */
  async function silenceAll(requests: readonly SilenceRequest[]): Promise<readonly Silence[]> {
    const now = clock.now();
    const wanted = requests.map((request) => ({ silence: toSilence(request, now), actor: request.actor }));
    const known = new Map((await silences.active(now)).map((silence) => [silence.id, silence]));
    for (const { silence, actor } of wanted) {
      if (!known.has(silence.id)) {
        await silences.create(silence);
        await audit.append({ ...record(silence, actor), action: 'alert.silenced' });
        known.set(silence.id, silence);
      }
    }
    const all = wanted.map(({ silence }) => known.get(silence.id) ?? silence);
    for (const one of new Map(all.map((silence) => [placeOf(silence), silence])).values()) {
      await refresh(one);
    }
    return all;
  }

  return {
    silenceAll,
    async silence(request) {
      const [silence] = await silenceAll([request]);
      return silence ?? toSilence(request, clock.now());
    },
    async endSilence(id, actor, customers) {
      const found = (await silences.active(clock.now())).find((one) => one.id === id);
      const isTheirs = found !== undefined && covers(customers, found.customer);
      const ended = isTheirs ? await silences.end(id, clock.now()) : undefined;
      if (ended === undefined) {
        throw new UserError('This silence is over.', { hint: 'Alerts are told again; nothing is left to do.' });
      }
      await audit.append({ ...record(ended, actor), action: 'silence.ended' });
      await refresh(ended);
      return ended;
    },
  };
}

function placeOf({ customer, environment }: Silence): string {
  return `${customer}/${environment}`;
}

function toSilence(request: SilenceRequest, from: Date): Silence {
  const { id, environment, host, signal, title, until } = request;
  const reason = request.reason.trim();
  if (reason === '') {
    throw new UserError('A silence needs a reason.', { hint: 'Say in a few words why nobody has to hear of it.' });
  }
  if (until <= from) {
    throw new UserError('This time is over already.', { hint: 'Choose an end that is still to come.' });
  }
  if (until.getTime() - from.getTime() > LONGEST_MS) {
    throw new UserError('A silence lasts 7 days at most.', {
      hint: 'Choose an earlier end; it can be silenced again.',
    });
  }
  const place = { customer: environment.customer, environment: environment.name };
  return { id, ...place, host, signal, title, by: toPerson(request.actor), reason, from, until };
}

function record(silence: Silence, { id, displayName }: Actor): Omit<AuditEvent, 'action'> {
  const { customer, environment, host, signal, title, reason, until } = silence;
  return {
    ...{ actor: id, actorName: displayName, customer, environment, reason, result: 'succeeded' },
    ...(host === undefined ? {} : { hosts: [host] }),
    after: { silence: silence.id, until: until.toISOString(), ...(signal === undefined ? {} : { signal }), title },
    requestId: silence.id,
  };
}
