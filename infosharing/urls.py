"""信息共享: what one organ knows and another needs, shared with review, consent and a log."""

urlpatterns: list = []
