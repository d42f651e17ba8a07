import { UserError } from '../domain/errors.ts';

/** For a button that is not drawn any more, or that remembers what nobody understands now. */
export function outdatedButton(cause?: unknown): UserError {
  return new UserError('That button belongs to an older version of me.', { hint: 'Please ask again.', cause });
}
