"""`manage.py calendar load`: bring the calendar files of this release into force. Safe to repeat."""

from django.core.management.base import BaseCommand, CommandParser

from coordination.kernel.calendar import calendar_version, seed_calendars


class Command(BaseCommand):
    help = "载入随系统发布的各年放假安排（coordination/calendars/），可重复执行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["load"])

    def handle(self, *args, **options) -> None:
        fresh = seed_calendars()
        self.stdout.write(f"新载入 {fresh} 份放假安排通知；全国日历版本 {calendar_version()}。")
