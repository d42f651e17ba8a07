import { UserError } from '../domain/errors.ts';

/** For a modal that is not drawn any more, or that remembers what nobody understands now. */
export function outdatedForm(): UserError {
  return new UserError('That form belongs to an older version of me, so I did nothing.', {
    hint: 'Please click the button that opened it again.',
  });
}
