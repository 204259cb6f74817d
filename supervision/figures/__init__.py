"""The figures of 统计督办: counted from clocks, matters and entries; the same for desk, lists and report."""

from supervision.figures.counting import Figures, figures
from supervision.figures.duties import Choice, chosen
from supervision.figures.period import Period, fault_of, period_of
from supervision.figures.share import FEW, Share

__all__ = ["FEW", "Choice", "Figures", "Period", "Share", "chosen", "fault_of", "figures", "period_of"]
