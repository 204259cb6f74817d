"""The steps that the one form stands for, in their order, and what it leaves to be done."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.models import Case
from coordination.kernel.materials import Material
from coordination.kernel.matters import Matter
from coordination.kernel.now import now
from coordination.kernel.organs import Actor
from coordination.kernel.steps import begin, open_steps, perform
from referrals.models import Referral
from referrals.start.forms import OWN
from referrals.words import PropertyDeclared

#: The step that ends the draft: it goes to the approver, or is final where the county asks for no approval.
FINISHING = ("submit", "finish_draft")


@dataclass(frozen=True)
class Deed:
    """One filled form, taken for `actor`. `bring`: adds the draft's files to the case that was just born."""

    actor: Actor
    facts: dict
    bring: Callable[[Matter], list[Material]]
    only_draft: bool = False

    def do(self) -> Matter:
        """The referral; or the case, where it stays with the organ that found it. Raises Refusal."""
        case = begin(Case, "register", self.actor.user, organ=self.actor.organ, **self._of(Case))
        materials = self.bring(case)
        if self.facts["decision"] == OWN:
            return case
        perform(
            case,
            "find_other_competence",
            self.actor.user,
            competent_organ=self.facts["receiver"],
            choice_reason=self.facts["choice_reason"],
            found_at=self.facts["discovered_at"],
        )
        return self._finished(self._drafted(Case.objects.get(pk=case.pk), materials))

    def _of(self, model: type[Matter]) -> dict:
        form = model.steps()["register"].form
        return {name: self.facts[name] for name in form.base_fields}

    def _drafted(self, case: Case, materials: list[Material]) -> Referral:
        chosen = {name: self.facts[name] for name in ("officers", "property_declared", "copy_to")}
        known = Referral.first_initial(case, now()) | chosen | {"materials": materials}
        return begin(Referral, "draft", self.actor.user, organ=self.actor.organ, **known)

    def _finished(self, referral: Referral) -> Referral:
        """To the approver, unless something is still to be done by hand."""
        if self.only_draft or self.facts["property_declared"] == PropertyDeclared.LISTED:
            return referral
        offered = open_steps(Referral.fetch(referral.pk), self.actor.user, now())
        step = next(one.step.name for one in offered if one.step.name in FINISHING)
        perform(referral, step, self.actor.user)
        return Referral.fetch(referral.pk)
