"""The Django admin of the kernel, one module a concept."""

from coordination.kernel.admin import catalogue

__all__ = ["catalogue"]
