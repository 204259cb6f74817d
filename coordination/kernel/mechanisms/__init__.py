"""Mechanisms: a county's rule set as data. Behaviour is code, law is data.

A file of coordination/mechanisms/ says how long, on what basis, with which options and which dispute rungs; it never
says what happens. `rules_of(county)` is what holds there: its file, the national one, its local overrides.
"""

from coordination.kernel.mechanisms.declared import (
    DECLARED,
    DECLARED_OPTIONS,
    FACT_VALUES,
    KINDS,
    LimitDeclaration,
    declare_kinds,
    declare_limit,
    declare_option,
)
from coordination.kernel.mechanisms.kept import KeepRules, keeping_rules, kept_rules
from coordination.kernel.mechanisms.overrides import MechanismOverride, check_override
from coordination.kernel.mechanisms.periods import (
    Period,
    Rules,
    dispute_rungs,
    mechanism_file,
    option,
    option_source,
    period,
    rules_of,
)
from coordination.kernel.mechanisms.reading import NATIONAL, read_all, read_file
from coordination.kernel.mechanisms.tables import (
    Clash,
    Clause,
    Law,
    LimitRule,
    Mechanism,
    OptionRule,
    Problem,
    RungSpec,
)

__all__ = [
    "DECLARED",
    "DECLARED_OPTIONS",
    "FACT_VALUES",
    "KINDS",
    "NATIONAL",
    "Clash",
    "Clause",
    "KeepRules",
    "Law",
    "LimitDeclaration",
    "LimitRule",
    "Mechanism",
    "MechanismOverride",
    "OptionRule",
    "Period",
    "Problem",
    "Rules",
    "RungSpec",
    "check_override",
    "declare_kinds",
    "declare_limit",
    "declare_option",
    "dispute_rungs",
    "keeping_rules",
    "kept_rules",
    "mechanism_file",
    "option",
    "option_source",
    "period",
    "read_all",
    "read_file",
    "rules_of",
]
