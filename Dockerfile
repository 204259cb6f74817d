# One image for web, worker and beat; docker-compose.yml says which process a container runs.
FROM python:3.11-slim-bookworm

# Pango draws the letters; without harfbuzz-subset one letter takes nine seconds.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=coordination.settings \
    CSX_MODE=production \
    CSX_VAR=/var/lib/coordination

WORKDIR /srv/coordination
COPY requirements.txt ./
RUN pip install -r requirements.txt
COPY . .

# The keys of the build live in this one command; the running container has others from the environment.
RUN useradd --system --home-dir /var/lib/coordination --create-home coordination \
    && python -m compileall -q coordination cases referrals assistance infosharing jointops complaints disputes supervision \
    && python -c "from coordination.local.messages import compile_all; compile_all()" \
    && CSX_SECRET_KEY=build JOURNAL_SIGNING_KEY=build IDENTITY_KEY=build CSX_VAR=/srv/built python manage.py collectstatic --noinput --verbosity 0 \
    && apt-get -q update && scripts/fonts.sh && rm -rf /var/lib/apt/lists/* \
    && chown -R coordination: /var/lib/coordination
ENV CSX_STATIC=/srv/built/static

USER coordination
VOLUME /var/lib/coordination
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--timeout=60", "--no-control-socket", "coordination.wsgi"]
