from coordination.kernel.web.urls import workflow_urls
from referrals.models import CriminalTransfer, Referral

urlpatterns = workflow_urls(Referral, CriminalTransfer)
