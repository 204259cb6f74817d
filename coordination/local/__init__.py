"""One machine, one command: the embedded PostgreSQL and Valkey, and the processes of `make run`. Knows no kernel."""
