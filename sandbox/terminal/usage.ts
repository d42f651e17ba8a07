export const USAGE = `Usage:
  npm run sandbox                         start the sandbox and its page; Ctrl-C stops it
  npm run -s sandbox -- <command> …       do one thing in it and print what that person then sees

Commands:
  say --as PERSON --in CHANNEL TEXT       a message, or a command that begins with /
  mention --as PERSON --in CHANNEL TEXT   the same with @msops before it
  click --as PERSON --in CHANNEL ACTION   press a button: what is written on it, or its action id
  submit --as PERSON [FIELD=VALUE …]      fill in the modal on top and send it
  messages --in CHANNEL [--as PERSON]     print the messages of a channel

PERSON is alice, bob, carol, erin, mallory, dana or gus; CHANNEL is acme-ops, ops-all, … or dm.

Options:
  --url URL       use a running sandbox; else one is started for this call (messages, click and submit need one)
  --settle TIME   done when the bot has been quiet for so long, e.g. 5s or 800ms (default 2s)
  --timeout TIME  give up waiting after this time (default 60s)
  --thread TS     say: in the thread of this message
  --ts TS         click: in this message; the newest one that has the button otherwise
  --home, --view ID   click: in the Home tab, or in a modal ("top")
  --json          print JSON
  --port PORT     when starting: port of the page (default 4800)
  --http          when starting: the bot is reached by HTTP instead of Socket Mode
  --directory DIR when starting to stay: where hosts, database and log are kept (default .msops/sandbox)

Exit code: 0, 1 when the bot answered with an error or not at all, 2 on wrong usage.`;
