import type { Product } from '../../domain/inventory.ts';
import type { Secret } from '../../domain/secret.ts';
import { homeOf } from '../../domain/server-shell.ts';
import type { DetachedJob } from '../rollouts/host-operations.ts';

/** The account that may fetch updates from WSO2. */
export interface UpdateCredentials {
  readonly username: Secret;
  readonly password: Secret;
}

export interface UpdateJobFacts {
  readonly id: string;
  readonly product: Product;
  /** In `bin/`. */
  readonly program: string;
  readonly arguments: readonly string[];
  readonly credentials: UpdateCredentials | undefined;
}

/** The script could not even come to the tool. */
export const NO_DIRECTORY = 71;

/**
 * Runs the update tool in `bin/` as the service user, who has the backups. Its stdin is empty, so that it can ask for
 * nothing; what it logs in with comes by the environment. When it has updated itself (2), the same is run once more.
 * Its exit code is that of the job.
 */
const UPDATE_SCRIPT = `
home=$1 user=$2 program=$3
shift 3
as_service() {
  directory=$(getent passwd "$user" 2>/dev/null | cut -d: -f6)
  set -- env "HOME=\${directory:-$HOME}" "USER=$user" "LOGNAME=$user" "$@"
  if [ "$(id -un)" = "$user" ]; then
    "$@"
  elif command -v runuser >/dev/null 2>&1; then
    runuser -u "$user" -- "$@"
  else
    sudo -n -u "$user" --preserve-env=UPDATE_TOOL_USERNAME,UPDATE_TOOL_PASSWORD -- "$@"
  fi
}
in_bin='cd "$1/bin" || exit ${NO_DIRECTORY}; shift; exec "$@"'
update() { as_service sh -c "$in_bin" sh "$home" "./$program" "$@" </dev/null; }
end_of_log() {
  as_service sh -c 'cd "$1/updates/logs" && newest=$(ls -t | head -n 1) && [ -n "$newest" ] && echo "--- $newest" && tail -n 30 "$newest"' sh "$home"
}

update "$@"
code=$?
if [ "$code" = 2 ]; then
  echo '--- the update tool has updated itself; the same once more'
  update "$@"
  code=$?
fi
[ "$code" != 1 ] || end_of_log
exit "$code"
`;

export function updateJob({ id, product, program, arguments: flags, credentials }: UpdateJobFacts): DetachedJob {
  return {
    id,
    script: UPDATE_SCRIPT,
    args: [homeOf(product), product.serviceUser, program, ...flags],
    ...(credentials && {
      secrets: {
        UPDATE_TOOL_USERNAME: credentials.username.reveal(),
        UPDATE_TOOL_PASSWORD: credentials.password.reveal(),
      },
    }),
  };
}
