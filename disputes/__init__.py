"""争议协调: the ladder of disputes. Not built yet: a referral in dispute records the decision by its step `abide_by`."""
