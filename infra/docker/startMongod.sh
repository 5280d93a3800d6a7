#!/usr/bin/env bash
# Makes the key file by which the members of a replica set know each other, once, and starts MongoDB with it. The image's own entry
# point gives the file to the user of the database.
set -euo pipefail

KEY_FILE="${KEY_FILE:-/data/configdb/replica-set.key}"

if [ ! -s "$KEY_FILE" ]; then
  umask 077
  head -c 512 /dev/urandom | base64 -w 0 >"$KEY_FILE.new"
  chmod 400 "$KEY_FILE.new"
  mv "$KEY_FILE.new" "$KEY_FILE"
fi
exec docker-entrypoint.sh "$@" --keyFile "$KEY_FILE"
