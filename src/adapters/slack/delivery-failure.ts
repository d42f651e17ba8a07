import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { DeliveryFailure, type DeliveryFailureKind } from '../../services/notifications/ports.ts';

/** Slack's error codes, as its method pages list them. What is not named here will not get better by waiting. */
const KINDS: Readonly<Record<string, DeliveryFailureKind>> = {
  not_in_channel: 'not_allowed_there',
  channel_not_found: 'not_allowed_there',
  is_archived: 'not_allowed_there',
  restricted_action: 'not_allowed_there',
  invalid_blocks: 'blocks_refused',
  invalid_blocks_format: 'blocks_refused',
  msg_blocks_too_long: 'blocks_refused',
  only_one_table_allowed: 'blocks_refused',
  ratelimited: 'rate_limited',
  message_limit_exceeded: 'rate_limited',
  internal_error: 'temporary',
  fatal_error: 'temporary',
  service_unavailable: 'temporary',
  request_timeout: 'temporary',
  team_added_to_org: 'temporary',
};

/** Said whatever was sent. */
const AWAY = new Set(['service_unavailable', 'request_timeout']);

/** @param error anything that a `WebClient` call rejected with. */
export function toDeliveryFailure(error: unknown): DeliveryFailure {
  if (error instanceof WebAPIRateLimitedError) {
    const retryAfterMs = error.retryAfter * 1_000;
    return new DeliveryFailure('rate_limited', { code: 'ratelimited', retryAfterMs, cause: error });
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    return new DeliveryFailure(KINDS[code] ?? 'permanent', { code, isSlackAway: AWAY.has(code), cause: error });
  }
  if (error instanceof WebAPIHTTPError) {
    const isSlackAway = error.statusCode >= 500;
    const kind = isSlackAway ? 'temporary' : 'permanent';
    return new DeliveryFailure(kind, { code: `HTTP ${error.statusCode}`, isSlackAway, cause: error });
  }
  const isSlackAway = error instanceof WebAPIRequestError;
  const code = isSlackAway ? 'no answer' : 'unexpected error';
  return new DeliveryFailure('temporary', { code, isSlackAway, cause: error });
}
