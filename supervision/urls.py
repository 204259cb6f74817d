"""统计督办: who watches and counts: follow-up orders, opinions, rectification, periodic duties."""

urlpatterns: list = []
