"""Every address of the installation: who is let in, and with what it is tried. An address that is not declared here
fails tests/test_access.py, so that nobody adds one without saying whom it is for.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse

from coordination.kernel.catalogue import Entrustment
from coordination.kernel.documents import IssuedDocument, registry
from coordination.kernel.flow_checks import relating
from coordination.kernel.materials import Material
from coordination.kernel.notices import Notice
from coordination.kernel.steps.declare import Guarded
from tests.door import Door, To, Tries, Try, of_matters, plain
from tests.planted import Planted
from tests.worlds import worlds


def of_rows(name: str, rows: Callable[[], list], *, numbered: bool = False) -> Tries:
    """One address for each row that belongs to a matter."""

    def tries(planted: Planted) -> Iterator[Try]:
        short = {matter.pk: name_ for name_, matter in planted.matters.items()}
        tried: Counter[int] = Counter()
        for row in rows():
            tried[row.matter_id] += 1
            args = [row.matter.number, row.pk] if numbered else [row.pk]
            yield Try(reverse(name, args=args), short[row.matter_id], deep=tried[row.matter_id] > 1)

    return tries


#: The matters whose every step is tried; of the others three are enough.
WHOLE = ("case", "sent", "told", "crime")


def steps(planted: Planted) -> Iterator[Try]:
    for short, matter in planted.matters.items():
        for place, step in enumerate(type(matter).steps().values()):
            path = reverse("step", args=[matter.number, step.name])
            if place < 3 or short in WHOLE:
                yield Try(path, short, deep=place > 2)
            if step.behalf and short in WHOLE:
                yield Try(f"{path}?behalf=1", short, deep=True)


def previews(planted: Planted) -> Iterator[Try]:
    for short, matter in planted.matters.items():
        keys = {_plain(one) for step in type(matter).steps().values() for one in step.documents} & registry().keys()
        for place, key in enumerate(sorted(keys)):
            yield Try(reverse("document_preview", args=[matter.number, key]), short, deep=place > 0)


def _plain(document) -> str:
    return document.thing if isinstance(document, Guarded) else document


def notices(planted: Planted) -> Iterator[Try]:
    """One for each organ and role that is told of anything."""
    told = {(notice.organ.key, notice.role): notice.pk for notice in Notice.objects.select_related("organ")}
    yield from (Try(reverse("notice", args=[pk]), whom) for whom, pk in told.items())


def births(kind: str) -> Tries:
    """The form of a first step, alone and out of every matter: what it opens from must be seen."""

    def tries(planted: Planted) -> Iterator[Try]:
        yield Try(reverse(f"{kind}:new"))
        for short, matter in planted.matters.items():
            yield Try(f"{reverse(f'{kind}:new')}?from={matter.number}", short, deep=short not in WHOLE)

    return tries


def searches(planted: Planted) -> Iterator[Try]:
    yield Try(reverse("search"))
    for matter in planted.matters.values():
        yield from (Try(f"{reverse('search')}?q={words}") for words in (matter.number, matter.place_text))


def items(planted: Planted) -> Iterator[Try]:
    yield Try(reverse("catalogue_item", args=["ningwu", 53]) + "?on=2026-09-21", "ningwu")


def organs(planted: Planted) -> Iterator[Try]:
    for key in ("ningwu.yangfangkou", "linxian.xiang"):
        yield Try(reverse("directory_organ", args=[key]), key.split(".")[0])


def own_drafts(name: str) -> Tries:
    """A draft of somebody else's, or none: 404 for everybody who did not write it."""
    return lambda planted: iter([Try(reverse(name, args=[1]))])


def in_bulk(planted: Planted) -> Iterator[Try]:
    """Signing for every planted matter at once."""
    numbers = "&".join(f"m={matter.number}" for matter in planted.matters.values())
    yield Try(f"{reverse('bulk', args=['referrals', 'sign_for'])}?{numbers}")


def of_lists(name: str) -> Tries:
    return lambda planted: iter([Try(reverse(name, args=[kind])) for kind in KINDS])


def letters(planted: Planted) -> Iterator[Try]:
    for letter in Entrustment.objects.exclude(letter="")[:1]:
        yield Try(reverse("catalogue_letter", args=[letter.pk]), "ningwu")


def admin_pages(planted: Planted) -> Iterator[Try]:
    """The index, each list, each form for a new row, and the first row of each."""
    yield Try(reverse("admin:index"))
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield Try(reverse(f"{base}_changelist"), deep=True)
        yield Try(f"{reverse(f'{base}_changelist')}?q=ZQ", deep=True)
        yield Try(reverse(f"{base}_add"), deep=True)
        for row in model._default_manager.all()[:2]:
            pages = (reverse(f"{base}_{page}", args=[row.pk]) for page in ("change", "history", "delete"))
            yield from (Try(path, deep=True) for path in pages)


def of_kind(kind: str, page: str) -> Tries:
    """A page of the API for each matter of a workflow."""

    def tries(planted: Planted) -> Iterator[Try]:
        for short, matter in planted.matters.items():
            if matter.kind == kind:
                yield Try(reverse(f"api-{kind}-{page}", args=[matter.number]), short)

    return tries


def rows_of(model: type) -> Callable[[], list]:
    return lambda: list(model.objects.select_related("matter"))


KINDS = tuple(model.KIND for model in relating.installed())
LISTED = ("?q=ZQ", "?due=open", "?stage=lead", "?export=xlsx", "?view=print", "?page=99", "?urgency=nonsense")
TABS = tuple(f"?tab={tab}" for tab in ("mine", "approve", "organ", "opened", "taking_part", "county", "nonsense"))
SEEN = frozenset({200, 302, 403, 404})
DOORS: dict[str, Door] = {
    "login": Door(To.ANYONE, plain("login"), posts=True, answers=frozenset({200, 302})),
    "logout": Door(To.READER, plain("logout"), posts=True, gets=False),
    "set_language": Door(To.ANYONE, plain("set_language"), posts=True, answers=frozenset({302})),
    "verify": Door(To.ANYONE, plain("verify", "?code=2222-2222-2222", "?code=ZQ"), posts=True),
    "components": Door(To.ANYONE, plain("components")),
    "component_screen": Door(To.ANYONE, lambda planted: iter([Try("/components/desk/"), Try("/components/500/")])),
    "desk": Door(To.READER, plain("desk", *TABS, "?lamp=overdue", "?tab=opened&page=9")),
    "search": Door(To.READER, searches),
    "notices": Door(To.READER, plain("notices")),
    "notices-read": Door(To.READER, plain("notices-read"), posts=True, gets=False),
    "notice": Door(To.ADDRESSEE, notices, answers=frozenset({302})),
    "account": Door(To.READER, plain("account")),
    "notice-switches": Door(To.READER, plain("notice-switches"), posts=True, gets=False),
    "size": Door(To.READER, plain("size"), posts=True, gets=False),
    "second-factor": Door(To.READER, plain("second-factor", "?next=/account/"), posts=True),
    "password": Door(To.READER, plain("password"), posts=True, answers=frozenset({200})),
    "leave-elsewhere": Door(To.READER, plain("leave-elsewhere"), posts=True, gets=False),
    "token": Door(To.READER, plain("token"), posts=True, gets=False),
    "draft": Door(To.READER, plain("draft", "?for=/cases/new/"), posts=True, answers=SEEN),
    "draft-delete": Door(To.READER, own_drafts("draft-delete"), posts=True, gets=False, answers=SEEN),
    "draft-files": Door(
        To.READER, plain("draft-files", "?for=/cases/new/?draft=0123abcd"), posts=True, gets=False, answers=SEEN
    ),
    "draft-file": Door(To.READER, own_drafts("draft-file"), answers=SEEN),
    "bulk": Door(To.READER, in_bulk, posts=True, answers=frozenset({200, 422})),
    "filter-save": Door(To.READER, of_lists("filter-save"), posts=True, gets=False),
    "filter-remove": Door(To.READER, of_lists("filter-remove"), posts=True, gets=False),
    "referral-start": Door(To.READER, plain("referral-start", "?draft=0123abcd"), posts=True, answers=SEEN),
    "referral-start-limits": Door(To.READER, plain("referral-start-limits", "?urgency=urgent"), answers=SEEN),
    "referral-start-competence": Door(To.READER, plain("referral-start-competence", "?item=ZQ"), answers=SEEN),
    "referral-started": Door(To.SEER, of_matters("referral-started"), answers=SEEN),
    "calculator": Door(To.READER, plain("calculator", "?county=ningwu&limit=referrals.send&start=2026-09-21 09:00")),
    "catalogue": Door(To.READER, plain("catalogue", "?q=排污", "?q=ZQ")),
    "catalogue_suggest": Door(To.READER, plain("catalogue_suggest", "?q=排污")),
    "catalogue_item": Door(To.COUNTY, items),
    "catalogue_letter": Door(To.COUNTY, letters),
    "directory": Door(To.READER, plain("directory", "?q=ZQ", "?q=officer")),
    "directory_organ": Door(To.COUNTY, organs),
    **{f"{kind}:list": Door(To.READER, plain(f"{kind}:list", *LISTED)) for kind in KINDS},
    **{f"{kind}:new": Door(To.SEER, births(kind), posts=True, answers=SEEN) for kind in KINDS},
    "matter": Door(To.SEER, of_matters("matter")),
    "step": Door(To.SEER, steps, posts=True, answers=SEEN),
    "materials": Door(To.SEER, of_matters("materials")),
    "material-add": Door(To.SEER, of_matters("material-add"), posts=True, gets=False),
    "material-check": Door(To.SEER, of_matters("material-check"), posts=True, gets=False),
    "material-review": Door(To.SEER, of_matters("material-review"), posts=True, gets=False),
    "material-withdraw": Door(
        To.SEER, of_rows("material-withdraw", rows_of(Material), numbered=True), posts=True, gets=False
    ),
    "material-file": Door(To.SEER, of_rows("material-file", rows_of(Material))),
    "document": Door(To.SEER, of_rows("document", rows_of(IssuedDocument))),
    "document_seal": Door(To.SEER, of_rows("document_seal", rows_of(IssuedDocument)), posts=True),
    "seal_again": Door(To.SEER, of_rows("seal_again", rows_of(IssuedDocument)), posts=True, gets=False),
    "document_sealed": Door(To.SEER, of_rows("document_sealed", rows_of(IssuedDocument)), answers=frozenset({404})),
    "document_correct": Door(
        To.SEER, of_rows("document_correct", rows_of(IssuedDocument)), posts=True, answers=frozenset({200, 403})
    ),
    "document_preview": Door(To.SEER, previews, answers=SEEN),
    "due": Door(
        To.READER,
        plain("due", "?county=ningwu&limit=referrals.send&start=2026-09-21 09:00"),
        answers=frozenset({200, 400}),
    ),
    "api-schema": Door(To.READER, plain("api-schema")),
    "api-events": Door(To.READER, plain("api-events")),
    "api-document": Door(To.SEER, of_rows("api-document", rows_of(IssuedDocument))),
    "api-document-sealed": Door(
        To.SEER, of_rows("api-document-sealed", rows_of(IssuedDocument)), answers=frozenset({404})
    ),
    "api-document-correct": Door(
        To.SEER, of_rows("api-document-correct", rows_of(IssuedDocument)), posts=True, gets=False
    ),
    "api-material": Door(To.SEER, of_rows("api-material", rows_of(Material))),
    **{f"api-{kind}-list": Door(To.READER, plain(f"api-{kind}-list", "?q=ZQ")) for kind in KINDS},
    **{f"api-{kind}-detail": Door(To.SEER, of_kind(kind, "detail")) for kind in KINDS},
    **{f"api-{kind}-materials": Door(To.SEER, of_kind(kind, "materials")) for kind in KINDS},
    "admin": Door(To.STAFF, admin_pages, posts=True, answers=frozenset({200, 302, 403})),
}

for world in worlds():
    DOORS |= world.DOORS


def declared_as(name: str) -> str:
    """All of the admin stands under one door: its own permissions are tested beside it. The steps of the API stand
    under its schema, from which tests/test_api_fuzz.py calls each of them as every role."""
    if name.startswith("admin:"):
        return "admin"
    step = name.startswith("api-") and name not in DOORS
    return "api-schema" if step or name == "schema" else name


def every_address(resolver=None, space: tuple[str, ...] = ()) -> Iterator[tuple[str, Callable]]:
    """The name (with its namespace) and the view of every URL that the resolver knows."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield ":".join((*space, one.name or str(one.pattern))), one.callback
        else:
            yield from every_address(one, (*space, one.namespace) if one.namespace else space)
