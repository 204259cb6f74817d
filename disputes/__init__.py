"""争议协调: the ladder of disputes. Not built yet; a referral records the decision by its step `abide_by`."""
