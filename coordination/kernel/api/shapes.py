"""The shapes of answers, for the schema."""

from rest_framework import serializers as s


class Trouble(s.Serializer):
    detail = s.CharField()
    field = s.CharField(allow_null=True)
    code = s.CharField()


class Problem(s.Serializer):
    """RFC 9457 problem details; `detail` says what to do, in the caller's language."""

    type = s.CharField(help_text="urn:coordination:problem:<code>")
    title = s.CharField()
    status = s.IntegerField()
    detail = s.CharField()
    field = s.CharField(allow_null=True, help_text="the field that the refusal concerns")
    code = s.CharField(help_text="stable: stale, stage, permission, missing, refused …")
    errors = Trouble(many=True, required=False)


class Named(s.Serializer):
    key = s.CharField()
    label = s.CharField()


class Summary(s.Serializer):
    """A row of a list."""

    number = s.CharField()
    kind = s.CharField()
    title = s.CharField()
    stage = Named()
    urgency = Named()
    ongoing = s.BooleanField()
    subject_name = s.CharField()
    place = s.CharField(allow_null=True)
    item = s.IntegerField(allow_null=True)
    holder = s.CharField(help_text="key of the organ that bears the matter")
    opened_at = s.DateTimeField()
    closed_at = s.DateTimeField(allow_null=True)
    next_due_at = s.DateTimeField(allow_null=True)
    version = s.IntegerField()
    url = s.CharField()


class Fact(s.Serializer):
    name = s.CharField()
    label = s.CharField()
    value = s.JSONField(help_text="rows by their names outside: key, number, user name, id")
    text = s.CharField()


class ClockShape(s.Serializer):
    id = s.IntegerField()
    limit = s.CharField()
    title = s.CharField()
    organ = s.CharField()
    state = Named()
    started_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    due_at = s.DateTimeField(allow_null=True, help_text="exclusive: the next midnight for limits by the day")
    overdue = s.BooleanField()
    provisional = s.BooleanField(help_text="rests on a calendar that is not yet published")
    basis = s.CharField()
    quote = s.CharField(allow_blank=True)
    nature = s.CharField()
    explanation = s.ListField(child=s.CharField())


class SealedShape(s.Serializer):
    signer = s.CharField(help_text="the organ whose certificate has signed the file")
    at = s.DateTimeField()
    sha256 = s.CharField()
    url = s.CharField(help_text="GET the signed PDF here")


class Paper(s.Serializer):
    id = s.IntegerField()
    key = s.CharField()
    title = s.CharField()
    number = s.CharField()
    organ = s.CharField()
    issued_at = s.DateTimeField()
    sha256 = s.CharField(allow_blank=True)
    url = s.CharField()
    corrects = s.IntegerField(allow_null=True, help_text="id of the document that this one has replaced")
    sealed = SealedShape(allow_null=True)


class MaterialShape(s.Serializer):
    id = s.IntegerField()
    kind = Named()
    title = s.CharField()
    reference = s.CharField(allow_blank=True)
    copies = s.IntegerField()
    pages = s.IntegerField(allow_null=True)
    original = s.BooleanField()
    remark = s.CharField(allow_blank=True)
    name = s.CharField()
    sha256 = s.CharField()
    size = s.IntegerField()
    mime = s.CharField()
    organ = s.CharField()
    added_at = s.DateTimeField()
    withdrawn = s.BooleanField()
    url = s.CharField()


class LinkShape(s.Serializer):
    kind = s.CharField()
    outward = s.BooleanField(help_text="from this matter to the other")
    number = s.CharField()
    workflow = s.CharField()
    title = s.CharField()
    url = s.CharField()


class Participant(s.Serializer):
    organ = s.CharField()
    name = s.CharField()
    side = s.CharField()
    since = s.DateTimeField()


class Happening(s.Serializer):
    seq = s.IntegerField()
    step = s.CharField()
    label = s.CharField()
    before = s.CharField(allow_blank=True)
    after = s.CharField(allow_blank=True)
    at = s.DateTimeField()
    who = s.CharField(allow_blank=True)
    organ = s.CharField(allow_blank=True)
    on_behalf = s.BooleanField()
    facts = s.ListField(child=s.ListField(child=s.CharField()))


class OpenStepShape(s.Serializer):
    name = s.CharField()
    label = s.CharField()
    help = s.CharField(allow_blank=True)
    primary = s.BooleanField()
    behalf = s.BooleanField(help_text="only as a record for the organ whose turn it is")
    url = s.CharField(help_text="POST here")


class Detail(Summary):
    """Everything that the page of a matter shows."""

    place_text = s.CharField(allow_blank=True)
    originator = s.CharField()
    facts = Fact(many=True)
    participants = Participant(many=True)
    clocks = ClockShape(many=True)
    documents = Paper(many=True)
    materials = MaterialShape(many=True)
    links = LinkShape(many=True)
    timeline = Happening(many=True)
    open_steps = OpenStepShape(many=True)


class Page(s.Serializer):
    next = s.CharField(allow_null=True)
    previous = s.CharField(allow_null=True)
    results = Summary(many=True)


class Receipt(s.Serializer):
    """What a step has done."""

    number = s.CharField()
    kind = s.CharField()
    stage = Named()
    version = s.IntegerField()
    documents = Paper(many=True)
    url = s.CharField()


class EventShape(s.Serializer):
    """Something that happened, without a person or a word of the matter."""

    id = s.IntegerField()
    kind = s.CharField()
    number = s.CharField()
    step = s.CharField()
    before = s.CharField(allow_blank=True)
    after = s.CharField(allow_blank=True)
    organ = s.CharField(allow_null=True)
    at = s.DateTimeField()


class Events(s.Serializer):
    results = EventShape(many=True)
    after = s.IntegerField(help_text="give this as `after` next time")
    more = s.BooleanField(help_text="there is more at once")


class Upload(s.Serializer):
    """A new material. What it is is examined when it is kept."""

    file = s.FileField()
    kind = s.CharField(help_text="letter, source_material, evidence, photo, audio_video, scan, other")
    title = s.CharField(required=False)
    reference = s.CharField(required=False)
    copies = s.IntegerField(required=False)
    pages = s.IntegerField(required=False)
    original = s.BooleanField(required=False)
    remark = s.CharField(required=False)
