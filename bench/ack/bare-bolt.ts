import { App, SocketModeReceiver } from '@slack/bolt';

/** What one would write in five minutes: acknowledge, and answer by the response URL. No store, no permission, no audit. */
const slackApiUrl = process.env.SLACK_API_URL ?? '';
const receiver = new SocketModeReceiver({
  appToken: process.env.SLACK_APP_TOKEN ?? '',
  installerOptions: { clientOptions: { slackApiUrl } },
});
const app = new App({ receiver, token: process.env.SLACK_BOT_TOKEN ?? '', clientOptions: { slackApiUrl } });
app.command('/msops', async ({ ack, respond }) => {
  await ack();
  await respond('What you may do here: nothing yet');
});
await app.start();
process.stdout.write('{"msg":"Ready"}\n');
