"""What the page and the forms of an assistance request show beyond its plain facts."""

from django.utils.formats import localize
from django.utils.translation import gettext as _

from assistance.flow import ANSWER, DISPATCH, Stage
from assistance.words import ServiceMethod, lines


class Shown:
    """The panels of its page, and what its forms know before anybody types."""

    def sections(self) -> list[dict]:
        asked = [(_("问题 %(n)d") % {"n": n}, words) for n, words in enumerate(lines(self.questions), 1)]
        opinion = [(name, words) for name, words in self._opinion() if words]
        files = [(one.name, one.words()) for one in self.listed_archives]
        found = [{"title": _("请求事项"), "facts": asked}]
        if self.stage == Stage.SUPPLEMENT_ASKED:
            words = "\n".join(part for part in (self.supplement_wanted(), self._supplement_words()) if part)
            found.append({"title": _("补充材料"), "words": words})
        if opinion:
            found.append({"title": _("协助意见"), "facts": opinion})
        if files:
            found.append({"title": _("调阅档案"), "facts": files, "words": self._return_words()})
        return found

    def _opinion(self) -> list[tuple[str, str]]:
        names = ("work_done", "conclusions", "answer_basis", "opinion_limits", "experts")
        return [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in names]

    def supplement_wanted(self) -> str:
        """What the helper has asked for, by when."""
        if self.supplement_by is None:
            return ""
        wanted = "；".join(f"{n}. {words}" for n, words in enumerate(lines(self.supplement_items), 1))
        return _("请于 %(day)s 前提供：%(items)s") % {"day": localize(self.supplement_by), "items": wanted}

    def _supplement_words(self) -> str:
        if self.supplement_paused:
            return _("补充资料所用时间不计入答复期限，收到补充材料后继续计算。")
        return _("补充期间答复期限照常计算，请尽快提供。")

    def _return_words(self) -> str:
        if not self.originals_out:
            return ""
        return _("借出的原件应当于 %(day)s 前归还。") % {"day": localize(self.return_by)}

    def people(self) -> list:
        return [self.drafted_by]

    def step_initial(self, step: str, moment) -> dict:
        """What the form of a step may know before anybody types."""
        if step == "send":
            off = self.helper.off_platform
            return {"service_method": ServiceMethod.IN_PERSON if off else ServiceMethod.PLATFORM}
        if step == "answer" and not self.conclusions:
            return {"conclusions": "\n".join(f"{n}. " for n, _words in enumerate(lines(self.questions), 1))}
        return {}

    def preferred_step(self, limit: str) -> str | None:
        """A letter is signed for before it is answered."""
        return "receive" if limit in (ANSWER.key, DISPATCH.key) and self.stage == Stage.SENT else None
