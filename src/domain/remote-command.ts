/** One remote process as an argument list. Built by pure functions, run by an adapter, never glued by hand. */
export type RemoteCommand = readonly string[];

const PLAIN_ARGUMENT = /^[\w@%+=:,./-]+$/;

/** SSH hands the remote shell a single string, so each argument is quoted on its own. The only place that quotes. */
export function toShell(command: RemoteCommand): string {
  return command.map(quote).join(' ');
}

function quote(argument: string): string {
  if (argument.includes('\0')) {
    throw new TypeError('A remote argument cannot hold a NUL byte.');
  }
  return PLAIN_ARGUMENT.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
