"""争议协调: two organs disagree: the county's ladder, rung by rung."""

urlpatterns: list = []
