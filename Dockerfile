# The archive in a container; docker-compose.yml builds and starts it.
# Compose builds from one image for ever, by its digest; docker build takes the tag, or what --build-arg BASE=… names.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS libraries
COPY requirements.txt /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /requirements.txt

FROM ${BASE}
# The font for the pictures beside shared links.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-wqy-zenhei=0.9.45-8 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /archive --no-create-home --shell /usr/sbin/nologin archive \
    && install --directory --owner archive --mode 700 /var/lib/archive
COPY --from=libraries /venv /venv
WORKDIR /archive
# .dockerignore names what this takes: the program and the samples, nothing else.
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 ARCHIVE_VAR_DIR=/var/lib/archive
USER 10001
VOLUME /var/lib/archive
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "config.probe"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi"]
