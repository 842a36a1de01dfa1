# Two stages: the first builds the virtual environment, the second carries it and nothing else.
FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /opt/onrecord \
 && /opt/onrecord/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY requirements-compile.txt ./
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev \
 && python -m venv /opt/compile \
 && /opt/compile/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements-compile.txt
COPY pyproject.toml README.md NOTICE ./
COPY api api
COPY archiver archiver
COPY mappings mappings
RUN /opt/compile/bin/python -m archiver.compiled
RUN /opt/onrecord/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps .

FROM python:3.12-slim
# A fixed uid, so that a mounted folder can be given to it: chown 10001 FOLDER
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin onrecord \
 && install -d -o onrecord -g onrecord /archive
COPY --from=build /opt/onrecord /opt/onrecord
ENV PATH=/opt/onrecord/bin:$PATH \
    ONRECORD_ARCHIVE=/archive \
    ONRECORD_HOST=0.0.0.0 \
    ONRECORD_PORT=8000 \
    PYTHONUNBUFFERED=1
USER 10001
VOLUME /archive
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/v1/health', timeout=4)"]
ENTRYPOINT ["onrecord"]
CMD ["serve"]
