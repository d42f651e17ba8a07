import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { toDeliveryFailure } from '../../../../src/adapters/slack/delivery-failure.ts';

const platform = (error: string): WebAPIPlatformError => new WebAPIPlatformError({ ok: false, error });

describe('toDeliveryFailure', () => {
  it.each([
    [new WebAPIRateLimitedError(3), 'rate_limited', 3_000],
    [platform('not_in_channel'), 'not_allowed_there', undefined],
    [platform('invalid_blocks'), 'blocks_refused', undefined],
    [platform('internal_error'), 'temporary', undefined],
    [platform('message_not_found'), 'permanent', undefined],
    [new WebAPIHTTPError(503, 'Unavailable', {}), 'temporary', undefined],
    [new WebAPIHTTPError(400, 'Bad', {}), 'permanent', undefined],
    [new WebAPIRequestError(new Error('ECONNRESET')), 'temporary', undefined],
    [new Error('anything'), 'temporary', undefined],
  ])('takes %s for %s', (error, kind, retryAfterMs) => {
    expect(toDeliveryFailure(error)).toMatchObject({ kind, retryAfterMs });
  });

  it.each([
    [new WebAPIHTTPError(503, 'Unavailable', {}), true],
    [new WebAPIRequestError(new Error('ECONNRESET')), true],
    [platform('service_unavailable'), true],
    [platform('internal_error'), false],
    [new WebAPIHTTPError(400, 'Bad', {}), false],
    [new Error('anything'), false],
  ])('of %s knows whether Slack as a whole is away: %s', (error, isSlackAway) => {
    expect(toDeliveryFailure(error).isSlackAway).toBe(isSlackAway);
  });
});
