import { createHash } from 'node:crypto';
import type { Interaction, InteractionKind } from '../services/interactions/ports.ts';
import { withoutPrivateKeys } from './access-private-keys.ts';
import { isOfNoConcern } from './events/access-ends.ts';

/** Enough to tell the few submissions of one view apart. */
const DIGEST_LENGTH = 16;

type Body = Readonly<Record<string, unknown>>;

/**
 * Gives Slack's body an id that is the same for every redelivery.
 * @returns `undefined` for kinds that msops has no handler for.
 */
export function toInteraction(body: Body): Interaction | undefined {
  const identity = isOfNoConcern(body.event) ? undefined : identify(body);
  if (identity === undefined) {
    return undefined;
  }
  // The verification token is a deprecated shared secret; nobody needs it after Bolt has checked the request.
  const { token: _token, ...payload } = body;
  const id = `${identity.kind}:${identity.parts.map(String).join(':')}`;
  return { id, kind: identity.kind, payload: withoutPrivateKeys(payload) };
}

function identify(body: Body): { kind: InteractionKind; parts: readonly unknown[] } | undefined {
  if (typeof body.command === 'string') {
    return { kind: 'command', parts: [body.user_id, body.trigger_id] };
  }
  switch (body.type) {
    case 'event_callback':
      return { kind: 'event', parts: [body.event_id] };
    case 'block_actions':
      return {
        kind: 'action',
        parts: [field(body.user, 'id'), field(firstOf(body.actions), 'action_ts'), body.trigger_id],
      };
    case 'view_submission':
      return { kind: 'submission', parts: [field(body.user, 'id'), ...sentView(body.view)] };
    default:
      return undefined;
  }
}

/** The view keeps its hash while the person corrects what is wrong with it, so what they filled in counts too. */
function sentView(view: unknown): readonly unknown[] {
  const filledIn = JSON.stringify(field(view, 'state') ?? null);
  const digest = createHash('sha256').update(filledIn).digest('hex');
  return [field(view, 'id'), field(view, 'hash'), digest.slice(0, DIGEST_LENGTH)];
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Body)[name] : undefined;
}
