import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, code, cut, cutMrkdwn, escapeMrkdwn } from '../../../src/views/mrkdwn.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('escapeMrkdwn', () => {
  it('lets nobody be mentioned and nothing become a link', () => {
    expect(escapeMrkdwn('<!channel> & <https://evil.example|click>')).toBe(
      '&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;',
    );
  });

  it('keeps a text on its line and in its direction', () => {
    expect(escapeMrkdwn('a\r\nb\u0000\u202Egnp.\u2066exe')).toBe('a b gnp. exe');
  });
});

describe('code', () => {
  it('cannot be left from inside', () => {
    expect(code('a` *b* `c')).toBe("`a' *b* 'c`");
    expect(code('')).toBe('–');
  });
});

describe('cut', () => {
  it('leaves what fits and marks what does not', () => {
    expect(cut('status', 6)).toBe('status');
    expect(cut('status', 5)).toBe('stat…');
  });

  it('never halves a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, max) => {
        const shown = cut(clean(text), max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('cutMrkdwn', () => {
  it('leaves no half entity and no open code span', () => {
    expect(cutMrkdwn('a &amp; b', 7)).toBe('a …');
    expect(cutMrkdwn('see `msops.yml` here', 12)).toBe('see `msops…`');
  });

  it('stays within the limit, well-formed and closed, whatever it cuts', () => {
    fc.assert(
      fc.property(fc.array(anyText), fc.integer({ min: 4, max: 80 }), (texts, max) => {
        const shown = cutMrkdwn(texts.map((text) => code(text)).join(' '), max);
        expect(shown.length).toBeLessThanOrEqual(max);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown.split('`').length % 2).toBe(1);
        expect(shown.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
      }),
    );
  });
});
