#!/bin/sh
# Start and stop as WSO2's scripts do it: neither waits, and both exit 0 whatever becomes of it.
case "$1" in
  start | stop | restart)
    echo "$1" >"$MSOPS_HOST_ROOT/.host/product-wish.new"
    mv "$MSOPS_HOST_ROOT/.host/product-wish.new" "$MSOPS_HOST_ROOT/.host/product-wish" ;;
  version) /bin/cat "$(dirname "$0")/version.txt" ;;
esac
exit 0
