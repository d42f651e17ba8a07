interface Rule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

const SECRET = '[secret]';

/** Words that a name ends with when its value is a secret: `db.password`, `AWS_SECRET_ACCESS_KEY`, `keyStorePass`. */
const NAME =
  '(?:password|passwd|passphrase|pwd|passcode|(?<!by|com|tres|sur|over|under|en)pass|secret|token|api[-_ ]?key|access[-_]?key|private[-_]?key|shared[-_]?key|secret[-_]?key|credentials?|x-amz-signature|jsessionid|session[-_]?id)';

/** A name, whatever quotes it, and the sign between it and its value. */
const ASSIGNED = `${NAME}\\d{0,4}\\\\{0,7}["'\\]]?[ \\t]*[:=]{1,2}>?[ \\t]*\\\\{0,7}`;
/** Up to the closing quote, or to the end of the line when it is missing. */
const QUOTED = `"(?:[^"\\\\\\r\\n]|\\\\.)*|'(?:[^'\\\\\\r\\n]|\\\\.)*`;
/** Up to white space, or to the quote that ends the text around it. */
const BARE = `(?!["']|\\[secret\\])(?:(?!\\\\{0,7}["'](?:[,;}\\])\\s]|$)|[,}\\]]["'\\s}\\]])\\S)+`;

/** Each pattern is linear: text from hosts is long and hostile. */
const RULES: readonly Rule[] = [
  // Also without its end: output is cut.
  rule(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----|$)/g),
  // Lists as Digest and AWS have them: name=value, name="value".
  rule(
    /((?:proxy-)?authorization\\{0,7}["']?\s{0,4}[:=]\s{0,4}\\{0,7}["']?(?:digest|aws4-[\w-]{1,30}))(?:\s{0,4}\w{1,30}=(?:\\?"[^"\\\r\n]{0,500}\\?"|[^\s,"\\]{1,500}),?){1,30}/gi,
    `$1 ${SECRET}`,
  ),
  rule(
    /((?:proxy-)?authorization\\{0,7}["']?\s{0,4}[:=]\s{0,4}\\{0,7}["']?)(?!digest|aws4)[^\r\n"'\\]+/gi,
    `$1${SECRET}`,
  ),
  rule(/(\b(?:set-)?cookie\\{0,7}["']?[ \t]*:[ \t]*\\{0,7}["']?)[^\r\n"'\\]+/gi, `$1${SECRET}`),
  rule(/(\bbearer[ \t]+)(?=[^\s\d]{0,200}\d)[\w.~+/=-]{8,}/gi, `$1${SECRET}`),
  // URLs: user:password@, a token as the user, and Oracle's user/password@.
  rule(/(:\/\/[^\s/:@?#]{0,200}:)[^\s/?#]{1,500}@/gi, `$1${SECRET}@`),
  rule(/(:\/\/)[^\s/:@?#]{20,500}@/gi, `$1${SECRET}@`),
  rule(/(jdbc:oracle:\w{1,10}:[^\s/@]{1,200}\/)[^\s@]{1,200}@/gi, `$1${SECRET}@`),
  rule(/(hooks\.slack\.com\/\w+\/)[\w/-]+/g, `$1${SECRET}`),
  // Things that are known by their look.
  rule(/\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g),
  rule(/\b(?:xox[a-z]|xapp|xwfp)[.-][\w.-]{8,}/g),
  rule(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g),
  rule(/\b(?:gh[pousr]_|github_pat_|glpat-|npm_)\w{16,}/g),
  rule(/\$(?:1|2[abxy]|5|6|7|y|gy|argon2i?d?)\$[^\s:"']{8,}/g),
  // Names and values: of a query, of XML, of a command line, of anything else.
  rule(new RegExp(`([?&][\\w.%-]{0,100}${NAME}=)[^&\\s"'#]+`, 'gi'), `$1${SECRET}`),
  rule(new RegExp(`(${NAME}(?:[ \\t][^<>]{0,200})?>)[^<]+(?=<)`, 'gi'), `$1${SECRET}`),
  rule(new RegExp(`(-${NAME}[ \\t]+)(?:${QUOTED}|${BARE})`, 'gi'), `$1${SECRET}`),
  rule(new RegExp(`(${ASSIGNED}["'])(?<=")(?:[^"\\\\\\r\\n]|\\\\.)*`, 'gi'), `$1${SECRET}`),
  rule(new RegExp(`(${ASSIGNED}["'])(?<=')(?:[^'\\\\\\r\\n]|\\\\.)*`, 'gi'), `$1${SECRET}`),
  rule(new RegExp(`(${ASSIGNED})${BARE}`, 'gi'), `$1${SECRET}`),
  rule(/(\bcurl\b[^\r\n]{0,500}?[ \t](?:-u|--user)[ =]?["']?[^\s:"']{1,100}:)[^\s"']+/g, `$1${SECRET}`),
  rule(/(\bmysql\w{0,10}\b[^\r\n]{0,500}?[ \t]-p)[^\s"']+/g, `$1${SECRET}`),
  rule(/(\bsshpass[ \t]+-p[ \t]*)\S+/g, `$1${SECRET}`),
];

/**
 * Takes out what looks like a secret: private keys, credentials of headers, URLs and command lines, tokens of known
 * forms, and values whose names say what they are. For everything that is shown; it would rather take too much.
 */
export function scrubSecrets(text: string): string {
  return RULES.reduce((scrubbed, { pattern, replacement }) => scrubbed.replace(pattern, replacement), text);
}

function rule(pattern: RegExp, replacement: string = SECRET): Rule {
  return { pattern, replacement };
}
