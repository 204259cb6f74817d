"""The project package: wiring at the roof (settings, urls, celery), the kernel on the ground floor."""
