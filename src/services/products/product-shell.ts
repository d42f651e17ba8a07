import { PROBE_SHELL } from '../../domain/probe-shell.ts';
import { SERVER_SHELL } from '../../domain/server-shell.ts';

/**
 * How every script about a product begins. It runs as the product's service user, so that it sees what that user sees;
 * `/` is a directory that anybody may be in. Output as `PROBE_SHELL` says.
 */
export const PRODUCT_SHELL = `${PROBE_SHELL}
cd /
PATH=$PATH:/usr/sbin:/sbin; export PATH
${SERVER_SHELL}`;
