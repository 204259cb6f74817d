"""周期性职责: what an organ owes by the calendar, done by a record with materials."""
