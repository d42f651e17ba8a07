import { teamOf, toPerson } from '../../domain/actor.ts';
import { DeniedError, UserError } from '../../domain/errors.ts';
import { shortId } from '../../domain/short-id.ts';
import type { Approval } from '../approvals/approval.ts';
import { ACCESS_WORKFLOW, type AccessDeps, customerOf, environmentOf, workflowIdOf } from './access-deps.ts';
import type { AccessRequest } from './access-service.ts';
import { checkRequest } from './check-request.ts';
import { tidyWish } from './check-wish.ts';
import { decideOffer } from './decide-offer.ts';
import type { Grant, GrantHost } from './grant.ts';
import { payloadOf } from './payload.ts';
import { recordOnce } from './record-once.ts';

/** Fits into the name of a Linux user. */
const SHORT = /^[a-z0-9]{4,16}$/;

/** Every step can be run again: of a replay the grant that is there counts. */
export async function requestAccess(request: AccessRequest, deps: AccessDeps): Promise<Grant> {
  const { store, engine, cards } = deps;
  const id = grantIdOf(request.id);
  const grant = (await store.find(id)) ?? (await create(id, request, deps));
  await recordRequest(grant, deps);
  await askFor(grant, deps);
  await engine.start(ACCESS_WORKFLOW, { id: workflowIdOf(id), input: { grantId: id } });
  await cards.redraw(id);
  return grant;
}

/** Who asks for what until when; once. */
export function recordRequest(grant: Grant, deps: AccessDeps): Promise<boolean> {
  const { person, reason, wish, until, ticket, requestedAt } = grant;
  const entry = { action: 'access.requested', result: 'started', by: person, reason } as const;
  return recordOnce(grant.id, { ...entry, after: { wish, until, ticket, requestedAt } }, deps);
}

/** @throws {DeniedError} when the person may not ask any more. {UserError} when the environment is gone. */
export function askFor(grant: Grant, deps: AccessDeps): Promise<Approval> {
  const { id, approvalId, person, wish, until } = grant;
  const environment = environmentOf(grant, deps);
  if (environment === undefined) {
    throw new UserError(`${grant.customer}/${grant.environment} is not in the configuration any more.`);
  }
  const hosts = wish.linux === undefined ? '' : ` on ${wish.linux.hosts.join(', ')}`;
  const end = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return deps.approvals.request({
    ...{ id: approvalId, workflowId: workflowIdOf(id), environment, change: 'access' },
    title: `Read-only access for ${person.name}: ${wish.kinds.join(', ')}${hosts}, until ${end}`,
    requester: deps.directory.findActor(person.id),
    payload: payloadOf(grant),
  });
}

export function approvalIdOf(grantId: string, number: number): string {
  return `${grantId}-${number}`;
}

async function create(id: string, request: AccessRequest, deps: AccessDeps): Promise<Grant> {
  const { store, directory, config, approvals } = deps;
  const actor = directory.findActor(request.actor.id);
  const { environment } = request;
  const offer = decideOffer({ actor, customer: environment.customer, config: config() });
  const decision = offer.allowed ? await approvals.mayRequest(actor, environment, 'access') : offer;
  if (!decision.allowed) {
    throw new DeniedError(decision.reason);
  }
  const [problem] = Object.values(await checkRequest({ ...request, actor }, deps));
  if (problem !== undefined) {
    throw new UserError(problem);
  }
  const grant = newGrant(id, { ...request, actor }, deps);
  await store.create(grant, newHosts(grant));
  const created = await store.find(id);
  if (created === undefined) {
    throw new Error(`The grant ${id} was not written.`);
  }
  return created;
}

function newGrant(id: string, request: AccessRequest, deps: AccessDeps): Grant {
  const { actor, userId, environment, wish, until, reason, ticket } = request;
  return {
    ...{ id, customer: environment.customer, environment: environment.name, userId, until },
    ...{ person: toPerson(actor), team: teamOf(actor.id), wish: tidyWish(wish, environment) },
    ...{ reason: reason.trim(), ticket: ticket || undefined },
    ...{ approvalId: approvalIdOf(id, 1), asked: 1, state: 'requested', requestedAt: deps.clock.now() },
    channels: channelsFor(request, deps),
  };
}

/** Where it was asked for, then where it is decided: our ops channels, and the customer's where their yes is needed. */
function channelsFor({ environment, channelId }: AccessRequest, deps: AccessDeps): Grant['channels'] {
  const bound = customerOf(environment, deps)?.channels ?? [];
  const asked = bound.find((one) => one.channelId === channelId);
  if (asked === undefined) {
    throw new DeniedError('Ask for access in the channel that is shared with the customer whose systems it is for.');
  }
  const groups = deps.approvals.policyFor(environment, 'access')?.groups ?? [];
  const isTheirs = groups.some(({ team }) => team === 'customer');
  const others = bound.filter((one) => one !== asked && (one.kind === 'ops' || isTheirs));
  return [asked, ...others].map(({ kind, channelId: id }) => ({ channelId: id, kind }));
}

function newHosts({ id, wish }: Grant): readonly GrantHost[] {
  const user = linuxUserOf(id);
  return (wish.linux?.hosts ?? []).map((host) => ({ host, user, state: 'waiting', tries: 0 }));
}

/** Made of the grant, so it belongs to no other. */
function linuxUserOf(grantId: string): string {
  return `msro-${grantId}`;
}

function grantIdOf(requestId: string): string {
  return SHORT.test(requestId) ? requestId : shortId(requestId);
}
