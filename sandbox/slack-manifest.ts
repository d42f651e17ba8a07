import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What `manifest.yml` asks of Slack. The sandbox allows the bot exactly this. */
export interface SlackManifest {
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly commands: readonly string[];
}

interface ManifestFile {
  readonly features: { readonly slash_commands: readonly { readonly command: string }[] };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
}

export function readSlackManifest(): SlackManifest {
  const file: ManifestFile = parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));
  return {
    scopes: file.oauth_config.scopes.bot,
    events: file.settings.event_subscriptions.bot_events,
    commands: file.features.slash_commands.map(({ command }) => command),
  };
}
