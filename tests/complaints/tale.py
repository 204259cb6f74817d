"""A complaint told by short verbs: somebody telephones a township, or a department."""

from django.contrib.auth import get_user_model

from complaints.models import Complaint, ComplaintItem
from coordination.kernel.catalogue import Item
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.steps import begin
from coordination.kernel.steps.after import do_reactions
from referrals.models import Referral
from tests.county import Story, organ, person, upload

NAME, PHONE = "贺兰生", "13900001234"


class ComplaintStory(Story):
    """The township is asked, and the violation is a department's."""

    def complaint(self, login: str = "", **facts) -> Complaint:
        known = {
            "channel": "complaint",
            "medium": "telephone",
            "received_at": now(),
            "sector": "general",
            "title": "洗煤点排放废水",
            "place": organ("yangfangkou"),
            "place_text": "后窑湾村东",
            "subject_name": "宁武县黑岭洗选有限公司",
            "reported": "洗煤点白天把黑水排进村东的土坑，已经一个多月。",
            "item": Item.objects.get(number=self.item),
            "urgency": "normal",
            "anonymous": False,
            "asks_secrecy": False,
            "sealed_name": NAME,
            "sealed_phone": PHONE,
        }
        return begin(Complaint, "register", person(login or self.officer), **(known | facts))

    def verifying(self, login: str = "", **facts) -> Complaint:
        return self.take(self.complaint(login, **facts), "accept", login or self.officer)

    def item_of(self, complaint: Matter, position: int = 1) -> ComplaintItem:
        return ComplaintItem.objects.get(complaint=complaint, position=position)

    def transferred(self, complaint: Complaint | None = None, **facts) -> Complaint:
        """Registered as a lead of another's; its referral is still to be drafted."""
        complaint = complaint or self.verifying()
        known = {
            "about": self.item_of(complaint),
            "competent": organ(self.department),
            "found_at": now(),
            "words": "经到现场核实，反映的情况存在，由生态环境部门管辖。",
        }
        return self.take(complaint, "transfer", self.officer, **(known | facts))

    def referral_of(self, complaint: Complaint) -> Referral:
        """Drafted out of the lead, approved and sent."""
        referral = self.sent(self.approved(self.draft(self.item_of(complaint).case)))
        self.learn()
        return referral

    def passed_on(self, complaint: Complaint, login: str, township: str = "yangfangkou", **facts) -> Complaint:
        known = {
            "about": self.item_of(complaint),
            "competent": organ(township),
            "at": now(),
            "person": "高敏",
            "papers": "none",
            "complainant_told": "电话告知向阳方口镇反映",
            "guidance": "请核对用地手续",
            "choice_reason": "投诉人要求直接向乡镇反映",
        }
        return self.take(complaint, "pass_on", login, **(known | facts))

    def told(self, complaint: Complaint, login: str, position: int = 1) -> Complaint:
        facts = {"about": self.item_of(complaint, position), "way": "telephone", "at": now()}
        return self.take(complaint, "tell_complainant", login, **facts)

    def answered(self, complaint: Complaint | None = None, login: str = "") -> Complaint:
        complaint = complaint or self.verifying(login)
        facts = {"about": self.item_of(complaint), "result": "经现场核实，未发现违法行为。"}
        return self.take(complaint, "answer", login or self.officer, **facts)

    def learn(self) -> None:
        """What the worker would do a moment later."""
        while do_reactions():
            pass

    def seen_by(self, login: str, matter: Matter) -> bool:
        user = get_user_model().objects.get(username=login)
        return Matter.objects.visible_to(user).filter(pk=matter.pk).exists()


__all__ = ["NAME", "PHONE", "ComplaintStory", "upload"]
