import { describe, expect, it } from 'vitest';
import { forHost, rangeQuery } from '../../../../src/adapters/prometheus/range-query.ts';

describe('forHost', () => {
  it.each([
    ['up{host="{{host}}"}', 'up{host="mi-1.acme"}'],
    ['up{instance=~"{{host}}:[0-9]+"}', 'up{instance=~"mi-1[.]acme:[0-9]+"}'],
    [`up{a!~ '{{host}}|{{host}}', host="{{host}}"}`, `up{a!~ 'mi-1[.]acme|mi-1[.]acme', host="mi-1.acme"}`],
    [
      'up{a=~".*",host="{{host}}"} / on() up{host=`{{host}}`}',
      'up{a=~".*",host="mi-1.acme"} / on() up{host=`mi-1.acme`}',
    ],
  ])('puts the host into %s', (query, expected) => {
    expect(forHost(query, 'mi-1.acme')).toBe(expected);
  });

  it.each(['a"} or up{x="', "a'b", 'a`b', 'a\\', 'a\nb', '', '.*', 'a$&b'])('takes no %j for a host', (name) => {
    expect(() => forHost('up{host="{{host}}"}', name)).toThrow('is no name of a host');
  });
});

describe('rangeQuery', () => {
  it('asks for low, average and high of each step, without what is no number', () => {
    expect(rangeQuery('up # all', 900)).toBe(
      ['min', 'avg', 'max']
        .map((over, index) => {
          const part = ['low', 'average', 'high'][index];
          return `label_replace(${over}_over_time(((\nup # all\n) > -Inf < +Inf)[899s:60s]), "msops", "${part}", "", "")`;
        })
        .join(' or '),
    );
  });
});
