#!/bin/sh
# Runs once, in the empty database of docker-compose.yml: makes the role of web, worker and beat. The owner migrates; what
# it makes later is the app role's to use, except the journal, from which the migrations take UPDATE and DELETE away.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$APP_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE csx_app LOGIN PASSWORD :'password';
ALTER DEFAULT PRIVILEGES FOR ROLE csx_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO csx_app;
ALTER DEFAULT PRIVILEGES FOR ROLE csx_owner GRANT USAGE, SELECT ON SEQUENCES TO csx_app;
SQL
