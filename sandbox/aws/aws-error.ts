/** A refusal in AWS's own words. */
export class AwsError extends Error {
  override name = 'AwsError';
  /** `MessageRejected`; the name of its schema in the SDK without `$`, where it has one. */
  readonly code: string;
  /** Missing: what the SDK's schema of the error says. */
  readonly status: number | undefined;

  constructor(code: string, message: string, status?: number | undefined) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
