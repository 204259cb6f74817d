"""The kernel for programs: generic surfaces over what the pages offer."""
