"""The outbox: what an organ is owed to be told is a row first; people see it by their posts; mail is fanned out later.

A row names an entry, an organ and a role. A mail server that is down, a queue that is away or a worker that dies
costs time, never a notice.
"""

from coordination.kernel.notices.delivering import deliver, fan_out, send_due
from coordination.kernel.notices.rows import Delivery, How, Kind, Level, Notice, NoticeRead, NoticeSwitch

__all__ = ["Delivery", "How", "Kind", "Level", "Notice", "NoticeRead", "NoticeSwitch", "deliver", "fan_out", "send_due"]
