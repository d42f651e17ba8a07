import { describe, expect, it } from 'vitest';
import { dashboardLinkView } from '../../../src/views/dashboard-link-view.ts';
import { NOW } from '../../support/builders.ts';

const LINK = { url: 'https://msops.example/sign-in/abc', expiresAt: NOW };

describe('dashboardLinkView', () => {
  it('gives the link, whose it is, and until when', () => {
    const { text, blocks } = dashboardLinkView({ ...LINK, of: 'acme/prod' });
    expect(JSON.stringify(blocks)).toMatch(
      /<https:\/\/msops\.example\/sign-in\/abc\|Open the dashboard of acme\/prod>[\s\S]*Yours alone[\s\S]*once and until[\s\S]*2026-03-01 03:00 UTC/,
    );
    expect(text).toBe('Your personal link to the dashboard of acme/prod');
  });

  it('keeps the link out of the notification', () => {
    expect(dashboardLinkView(LINK).text).not.toContain('sign-in');
  });
});
