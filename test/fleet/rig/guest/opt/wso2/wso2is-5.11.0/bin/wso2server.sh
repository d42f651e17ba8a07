#!/bin/sh
# Start and stop in the manner of WSO2's own script: neither waits, and both exit 0 whatever becomes of it.
# Heap and behavior: repository/conf/jvm.options, an option a line.
CARBON_HOME=${CARBON_HOME:-$(cd "$(dirname "$0")/.." && pwd)}
PIDFILE=$CARBON_HOME/wso2carbon.pid
running() { [ -s "$PIDFILE" ] && kill -0 "$(cat "$PIDFILE")" 2>/dev/null; }
launch() {
  # shellcheck disable=SC2046
  set -- $(cat "$CARBON_HOME/repository/conf/jvm.options")
  exec java "$@" -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath="$CARBON_HOME/repository/logs/heap-dump.hprof" \
    -Dcarbon.home="$CARBON_HOME" -cp "$CARBON_HOME/bin/fake-carbon.jar" FakeCarbon
}
case "$1" in
  start)
    if running; then echo "Process is already running" && exit 0; fi
    launch >>"$CARBON_HOME/repository/logs/stdout.log" 2>&1 </dev/null &
    echo $! >"$PIDFILE" ;;
  stop)
    running && kill -TERM "$(cat "$PIDFILE")"
    exit 0 ;;
  restart)
    "$0" stop
    while running; do sleep 0.1; done
    exec "$0" start ;;
  version) cat "$CARBON_HOME/bin/version.txt" ;;
  *) echo "usage: $0 start|stop|restart|version" >&2 && exit 2 ;;
esac
