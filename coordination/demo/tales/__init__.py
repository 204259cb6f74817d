"""The tales of the demonstration: generators that yield the moment of their next beat and then act.

roads.py       stretches of road that many tales share
finding.py     a case in the finder's hands
sending.py     a referral on its way to the receiver
receiving.py   a referral in the receiver's hands, and what becomes of its case
disputing.py   objections: negotiated, given up, taken back, decided
ongoing.py     violations that go on, and words by telephone
complaining.py, assisting.py, sharing.py, breaching.py, joining.py, supervising.py   the other workflows
transferring.py   suspected crimes on their way to the police
"""
