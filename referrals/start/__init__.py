"""发现并移送: from a violation that was found to a letter that waits for its approval, on one form and typed once.

It takes the same steps as the pages of the case and of the referral: register, find another's competence, draft,
submit; in one transaction, so that all of them are taken or none.
"""
