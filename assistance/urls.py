"""执法协助: assistance between organs: one asks, the other answers, both under the clock."""

urlpatterns: list = []
