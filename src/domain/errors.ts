/** Something the requester can fix. Shown to them word for word, so it never holds a secret. */
export class UserError extends Error {
  override name = 'UserError';
  /** What to do next, as one sentence or a usage line. */
  readonly hint: string | undefined;

  constructor(message: string, options: ErrorOptions & { hint?: string | undefined } = {}) {
    super(message, options);
    this.hint = options.hint;
  }
}

/** Somebody asked for what they may not do. Shown like a `UserError`; the audit log calls it `denied`. */
export class DeniedError extends UserError {
  override name = 'DeniedError';
}

/** The bot cannot start as it is set up. Names settings and never their values. */
export class SetupError extends Error {
  override name = 'SetupError';
  /** Of sysexits.h: EX_CONFIG, or EX_TEMPFAIL for what may be right at the next start. A supervisor starts the latter again. */
  readonly exitCode: 78 | 75;

  constructor(message: string, options: ErrorOptions & { mayPass?: boolean } = {}) {
    super(message, options);
    this.exitCode = options.mayPass ? 75 : 78;
  }
}
