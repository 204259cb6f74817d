"""What an organ may owe by the calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coordination.kernel.mechanisms import declare_option


class Duty(models.TextChoices):
    """NW-3.66, NW-3.67; QX-9.3; YY-7.1; LX-7.10; LX-8.1."""

    TRAINING = "training", _("协助乡镇开展业务培训")
    GUIDANCE = "guidance", _("到乡镇带领办案或者指导")
    MEETING = "meeting", _("召开联席会议")
    EVALUATION = "evaluation", _("评估执法事项")
    DUTY_LIST = "duty_list", _("签订职责移交清单")


#: How often a county asks for each: "off", "yearly", "half-yearly" or "once"; and how many class hours a training has.
TRAINING = declare_option("duties.training")
BUREAU_TRAINING = declare_option("duties.bureau_training")
TRAINING_HOURS = declare_option("duties.training_hours")
GUIDANCE = declare_option("duties.guidance")
MEETING = declare_option("duties.meeting")
EVALUATION = declare_option("duties.evaluation")
DUTY_LIST = declare_option("duties.duty_list")
