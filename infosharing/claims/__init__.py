"""执法事项认领: a department claims items of the platform, townships divide the work, accounts are opened."""
