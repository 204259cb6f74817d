"""投诉举报: complaints, reports and petitions, and first responsibility."""

urlpatterns: list = []
