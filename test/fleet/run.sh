#!/bin/bash
# npm run test:fleet: the scenarios of test/fleet against real Debian hosts. Arguments go to vitest.
# Needs root on Linux; installs what it needs. Exit code 69 when this machine cannot run a fleet.
set -euo pipefail
cd "$(dirname "$0")/../.."
fleet=$PWD/test/fleet/rig/fleet.sh
export FLEET_DIR=${FLEET_DIR:-/var/cache/msops-fleet}
export FLEET_RUN=${FLEET_RUN:-$FLEET_DIR/test-$$}
export PATH=$PWD/node_modules/.bin:$PATH
trap '"$fleet" down' EXIT
"$fleet" up -a 3 -b 1 --share "$PWD" --tie $$
"$fleet" run vitest run --config vitest.fleet.config.ts "$@"
