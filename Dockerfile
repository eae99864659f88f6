# The image of the archive, built by docker-compose.yml.
# Compose pins the base image by digest; docker build uses the tag, or --build-arg BASE=….
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS libraries
COPY requirements.txt /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --requirement /requirements.txt

FROM ${BASE}
# The font for link preview pictures.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-wqy-zenhei=0.9.45-8 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /archive --no-create-home --shell /usr/sbin/nologin archive \
    && install --directory --owner archive --mode 700 /var/lib/archive
COPY --from=libraries /venv /venv
WORKDIR /archive
# .dockerignore limits this to the program and the samples.
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 ARCHIVE_VAR_DIR=/var/lib/archive
USER 10001
VOLUME /var/lib/archive
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "config.probe"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi"]
