#!/bin/sh
# Create the database on the first start, as the entry point of the image postgres does.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    umask 077
    password=/tmp/password
    if [ "${POSTGRES_PASSWORD_FILE:-}" ]; then cat "$POSTGRES_PASSWORD_FILE" >$password; else printf %s "$POSTGRES_PASSWORD" >$password; fi
    # shellcheck disable=SC2086
    initdb --username="$POSTGRES_USER" --pwfile=$password --auth=scram-sha-256 $POSTGRES_INITDB_ARGS
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
    pg_ctl -w -o "-c listen_addresses= -c unix_socket_directories=/tmp" start
    PGPASSWORD=$(cat $password) createdb --host=/tmp --username="$POSTGRES_USER" "$POSTGRES_DB"
    pg_ctl -w stop
    rm $password
fi
exec "$@"
