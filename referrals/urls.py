from coordination.kernel.web.urls import workflow_urls
from referrals.models import Referral

app_name = "referrals"
urlpatterns = workflow_urls(Referral)
