import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { RunningHosts } from '../../hosts/start-hosts.ts';
import type { MailDomain } from '../../mail/mail-domain.ts';
import type { MailFaults } from '../../mail/mail-faults.ts';
import { sendJson } from '../http/exchange.ts';
import type { PageHandler } from '../http/server.ts';
import { HumanError } from '../world/find.ts';
import { type PageWorld, renderPage } from './render-page.ts';
import { changeWorld, renderWorld } from './world-panel.ts';

/** `seenBy` throws HumanError for unknown people and channels. */
export interface PageDeps extends PageWorld {
  /** The machines behind this Slack; without them there is no panel for them. */
  readonly hosts?: Pick<RunningHosts, 'customers' | 'control'> | undefined;
  /** Of the customers' mail server, which the same panel breaks. */
  readonly mailFaults?: MailFaults | undefined;
  /** Whose DNS records the same panel makes. */
  readonly mailDomain?: MailDomain | undefined;
}

const ASSETS = new URL('./assets/', import.meta.url);
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};
/** Nothing from elsewhere, ever. Inline styles are the renderer's. */
const SECURITY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Serves the page, what is drawn on it, and the panel that breaks and heals the world. */
export function createPageHandler(deps: PageDeps): PageHandler {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/') {
      sendAsset(response, 'page.html');
      return true;
    }
    if (!url.pathname.startsWith('/page/')) {
      return false;
    }
    void answer(deps, { request, response, url });
    return true;
  };
}

interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

async function answer(deps: PageDeps, call: Call): Promise<void> {
  const exchange = { ...call, path: call.url.pathname.split('/').slice(1) };
  const [, name = ''] = exchange.path;
  try {
    if (name === 'view') {
      sendJson(exchange, renderPage(deps, call.url.searchParams));
    } else if (name === 'world' && deps.hosts) {
      const world = { ...deps.hosts, mailFaults: deps.mailFaults, mailDomain: deps.mailDomain };
      await changeWorld(world, exchange);
      sendJson(exchange, { html: renderWorld(world).html });
    } else {
      sendAsset(call.response, name);
    }
  } catch (error) {
    const status = error instanceof HumanError ? 400 : 500;
    sendJson(exchange, { ok: false, error: error instanceof Error ? error.message : String(error) }, { status });
  }
}

function sendAsset(response: ServerResponse, name: string): void {
  const type = CONTENT_TYPES[name.split('.').at(-1) ?? ''];
  const content = type === undefined || !/^[\w-]+\.\w+$/.test(name) ? undefined : readAsset(name);
  if (type === undefined || content === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.');
    return;
  }
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': SECURITY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(content);
}

/** The renderer's own style sheet keeps its force without the id that it would have once a message. */
function readAsset(name: string): string | undefined {
  if (name === 'blocks.css') {
    const path = createRequire(import.meta.url).resolve('slack-blocks-to-jsx/dist/style.css');
    return readFileSync(path, 'utf8').replaceAll('#slack_blocks_to_jsx', '.slack_blocks_to_jsx:not(#_)');
  }
  try {
    return readFileSync(new URL(name, ASSETS), 'utf8');
  } catch {
    return undefined;
  }
}
