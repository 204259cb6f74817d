"""联合执法与会商: meetings and joint operations."""

urlpatterns: list = []
