const HIDDEN = '[secret]';

/** What gives a secret away, and what is left of the text around it. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, HIDDEN],
  [/\b(authorization"?\s*[:=]\s*"?(?:basic|bearer|splunk|aws4-hmac-sha256)\s+)[^\s"',]+/gi, `$1${HIDDEN}`],
  [/\bxox[a-z]-[\w-]{6,}|\bxapp-[\w-]{6,}/g, HIDDEN],
  [/https?:\/\/hooks\.slack\.com\/[^\s"'>|]+/g, HIDDEN],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, HIDDEN],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, HIDDEN],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:)[^\s/@"']+@/gi, `$1${HIDDEN}@`],
  [
    /((?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key)\w*\\?["']?\s*[:=]\s*)(?:\\?"[^"\\]+\\?"|'[^']+'|[^\s"',;&}\]]+)/gi,
    `$1${HIDDEN}`,
  ],
];

/**
 * Takes secrets out of text that is about to be shown or logged: private keys, tokens, passwords, credentials in URLs.
 * A net below the rule that secrets are never put into text; it cannot know a password that nothing announces.
 */
export function scrubSecrets(text: string): string {
  return RULES.reduce((shown, [pattern, left]) => shown.replace(pattern, left), text);
}
