from coordination.kernel.web.urls import workflow_urls
from referrals.models import CriminalTransfer, Referral
from referrals.start.views import urlpatterns as start

urlpatterns = [*start, *workflow_urls(Referral, CriminalTransfer)]
