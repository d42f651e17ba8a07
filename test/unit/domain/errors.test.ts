import { describe, expect, it } from 'vitest';
import { personId } from '../../../src/domain/actor.ts';
import { DeniedError, SetupError, UserError } from '../../../src/domain/errors.ts';
import { HopFailure } from '../../../src/domain/hop-failure.ts';

describe('errors', () => {
  it('carry a hint and a cause', () => {
    const cause = new Error('below');
    const error = new UserError('No.', { hint: 'Try again.', cause });
    expect([error.name, error.message, error.hint, error.cause]).toEqual(['UserError', 'No.', 'Try again.', cause]);
  });

  it('tell a denial from a mistake', () => {
    expect(new DeniedError('No.')).toBeInstanceOf(UserError);
    expect(new DeniedError('No.').name).toBe('DeniedError');
  });

  it('end the process with EX_CONFIG when the set-up is wrong', () => {
    expect(new SetupError('wrong').exitCode).toBe(78);
  });

  it('say at which hop the way is broken', () => {
    const failure = new HopFailure({ kind: 'connection_refused', hop: 'acme-bastion', role: 'bastion' });
    expect(failure.message).toBe('connection_refused at bastion acme-bastion');
  });
});

describe('personId', () => {
  it('is workspace and user', () => {
    expect(personId('T0ACME', 'U0DANA')).toBe('T0ACME:U0DANA');
  });
});
