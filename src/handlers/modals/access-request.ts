import { readDuration } from '../../domain/duration.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import { shortId } from '../../domain/short-id.ts';
import type { AccessRequest } from '../../services/access/access-service.ts';
import { checkReason } from '../../services/access/check-wish.ts';
import { ACCESS_KINDS, type AccessWish, type Grant } from '../../services/access/grant.ts';
import { readPublicKey } from '../../services/access/read-public-key.ts';
import { accessAskedView, accessRefusedView } from '../../views/access-answer-views.ts';
import { type AccessDraft, rememberDraft } from '../../views/access-draft.ts';
import {
  ACCESS_REQUEST_MODAL,
  ENVIRONMENT_INPUT,
  FOR_INPUT,
  HOSTS_INPUT,
  KEY_INPUT,
  KINDS_INPUT,
  LOGS_INPUT,
  LONGEST_REASON,
  REASON_INPUT,
  TICKET_INPUT,
} from '../../views/access-request-modal.ts';
import { type AccessOffer, offerOf } from '../access-offer.ts';
import { holdsPrivateKey } from '../access-private-keys.ts';
import type { Modal, Submission } from '../modal-spec.ts';
import { outdatedForm } from '../outdated-form.ts';
import type { Services } from '../services.ts';

type Values = Submission['values'];

const PRIVATE_KEY_SENT =
  'That is a PRIVATE key. I have not kept it, but it has left your computer: do not use it any more. Make a new pair (ssh-keygen -t ed25519) and paste the one line of its .pub file.';

const MINUTE = 60_000;

/** The person who sends it gets the access; nobody asks for somebody else. */
export const accessRequest: Modal = {
  id: ACCESS_REQUEST_MODAL,

  check({ values }) {
    return { ...reasonProblem(values), ...linuxProblems(values), ...privateKeyProblems(values) };
  },

  async run({ values, metadata: customerId }, context) {
    const { actor, services, answer, clock, place, touch, userId } = context;
    const offer = await offerOf(customerId, context);
    const environment = offer.environments.find(({ name }) => name === values[ENVIRONMENT_INPUT]);
    const ms = readDuration(values[FOR_INPUT] ?? '');
    if (environment === undefined || ms === undefined || place.kind !== 'channel') {
      throw outdatedForm();
    }
    const wish = wishOf(values, offer);
    touch({ environment: environment.name, hosts: wish.linux?.hosts });
    const request: AccessRequest = {
      ...{ id: shortId(answer.keyOf('access')), actor, userId, environment, wish, channelId: place.channelId },
      until: new Date(Math.floor((clock.now().getTime() + ms) / MINUTE) * MINUTE),
      reason: typed(values, REASON_INPUT).slice(0, LONGEST_REASON),
      ticket: typed(values, TICKET_INPUT) || undefined,
    };
    const problems = Object.values(await services.access.check(request));
    const made = problems.length > 0 ? { problems } : await ask(request, services);
    if ('problems' in made) {
      touch({ action: 'access.request_refused' });
      await answer.whisper(accessRefusedView(rememberDraft(customerId, draftOf(values)), made.problems));
    } else {
      await answer.whisper(accessAskedView(made, environment.timeZone));
    }
  },
};

interface Refused {
  readonly problems: readonly string[];
}

/** What the service did not take is told like what the check found. @throws {DeniedError} */
async function ask(request: AccessRequest, { access }: Pick<Services, 'access'>): Promise<Grant | Refused> {
  try {
    return await access.request(request);
  } catch (error) {
    if (error instanceof UserError && !(error instanceof DeniedError)) {
      return { problems: [error.message, ...(error.hint === undefined ? [] : [error.hint])] };
    }
    throw error;
  }
}

/** @throws {UserError} when it has what the form does not offer. */
function wishOf(values: Values, { settings }: AccessOffer): AccessWish {
  const chosen = listOf(values, KINDS_INPUT);
  const kinds = ACCESS_KINDS.filter((kind) => chosen.includes(kind));
  if (kinds.length !== chosen.length || kinds.length === 0 || !kinds.every((kind) => settings.kinds.includes(kind))) {
    throw outdatedForm();
  }
  if (!kinds.includes('linux')) {
    return { kinds };
  }
  const prefix = `${typed(values, ENVIRONMENT_INPUT)}/`;
  const hosts = [...new Set(listOf(values, HOSTS_INPUT).map((host) => host.slice(prefix.length)))];
  const read = readPublicKey(typed(values, KEY_INPUT));
  const productLogs = values[LOGS_INPUT] !== undefined;
  return { kinds, linux: { hosts, publicKey: 'key' in read ? read.key : '', productLogs } };
}

/** Everything but the key. */
function draftOf(values: Values): AccessDraft {
  return {
    ...{ environment: values[ENVIRONMENT_INPUT], for: values[FOR_INPUT], ticket: values[TICKET_INPUT] },
    ...{ kinds: [...listOf(values, KINDS_INPUT)], hosts: [...listOf(values, HOSTS_INPUT)] },
    ...{ productLogs: values[LOGS_INPUT] !== undefined, reason: values[REASON_INPUT] },
  };
}

function reasonProblem(values: Values): Record<string, string> {
  const problem = checkReason(typed(values, REASON_INPUT));
  return problem === undefined ? {} : { [REASON_INPUT]: problem };
}

function linuxProblems(values: Values): Record<string, string> {
  const isAsked = listOf(values, KINDS_INPUT).includes('linux');
  const [hosts, key] = [listOf(values, HOSTS_INPUT), typed(values, KEY_INPUT)];
  if (!isAsked) {
    const isFilledIn = hosts.length > 0 || key !== '' || values[LOGS_INPUT] !== undefined;
    return isFilledIn ? { [KINDS_INPUT]: 'Tick the Linux account too, or leave its fields empty.' } : {};
  }
  return { ...hostsProblem(hosts, typed(values, ENVIRONMENT_INPUT)), ...keyProblem(key) };
}

function hostsProblem(hosts: readonly string[], environment: string): Record<string, string> {
  if (hosts.length === 0) {
    return { [HOSTS_INPUT]: 'Choose at least one host for the Linux account.' };
  }
  const isElsewhere = hosts.some((host) => !host.startsWith(`${environment}/`));
  return isElsewhere ? { [HOSTS_INPUT]: `Choose hosts of ${environment} only: one environment a request.` } : {};
}

function keyProblem(key: string): Record<string, string> {
  if (key === '') {
    return { [KEY_INPUT]: 'The Linux account needs your SSH public key: the one line of a .pub file.' };
  }
  const read = readPublicKey(key);
  return 'key' in read ? {} : { [KEY_INPUT]: read.problem };
}

/** Wherever it was pasted. */
function privateKeyProblems(values: Values): Record<string, string> {
  const holding = Object.keys(values).filter((name) => holdsPrivateKey(values[name] ?? ''));
  return Object.fromEntries(holding.map((name) => [name, PRIVATE_KEY_SENT]));
}

function listOf(values: Values, name: string): readonly string[] {
  return (values[name] ?? '').split(',').filter((part) => part !== '');
}

function typed(values: Values, name: string): string {
  return (values[name] ?? '').trim();
}
