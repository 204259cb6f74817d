"""Prints the path of the fontconfig file, for FONTCONFIG_FILE."""

from coordination.kernel.fonts import fontconfig_file

print(fontconfig_file())
