import { describe, expect, it } from 'vitest';
import { CONFIG_TEXT, parseEdited } from '../../support/config-file.ts';

const parse = (section: string) =>
  parseEdited({ from: '    slack_team: T0ACME\n', to: `    slack_team: T0ACME\n    read_access: ${section}\n` });

describe('read_access in msops.yml', () => {
  it('lets nobody ask when it is missing', () => {
    expect(parseEdited({ from: CONFIG_TEXT, to: CONFIG_TEXT }).config?.inventory.customers[0]?.access).toBeUndefined();
  });

  it('has every kind, a week and an hour when it says no more', () => {
    expect(parse('{}').config?.inventory.customers[0]?.access).toEqual({
      kinds: ['dashboard', 'linux'],
      longestMs: 604_800_000,
      remindMs: 3_600_000,
    });
  });

  it.each([
    ['{ kinds: [root] }', /there is no kind of access "root"/],
    ['{ kinds: [] }', /must not be empty/],
    ['{ at_most: 1y }', /must be a duration/],
    ['{ at_most: 100d }', /must be from 15m to 90d/],
    ['{ at_most: 5m }', /must be from 15m to 90d/],
  ])('is refused as %s', (section, says) => {
    const { config, problems } = parse(section);
    expect(config).toBeUndefined();
    expect(problems[0]?.message).toMatch(says);
  });
});
