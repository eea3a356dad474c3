# The studio in a small image: Python, the pinned packages, a user without rights. Weights and workspace lie in /data.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/plumbline
ENV PATH=/opt/plumbline/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY constraints.txt pyproject.toml README.md LICENSE ./
# torch first: its default wheel brings several gigabytes for accelerators. Name an index of wheels for processors to
# leave them out: docker compose build --build-arg TORCH_INDEX_URL=...
ARG TORCH_INDEX_URL=
RUN PIP_INDEX_URL=$TORCH_INDEX_URL pip install torch==2.13.0
COPY kg kg
COPY extraction extraction
COPY generation generation
COPY training training
COPY evaluation evaluation
COPY studio studio
RUN pip install -c constraints.txt .

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home plumbline && mkdir /data && chown plumbline /data
COPY --from=build /opt/plumbline /opt/plumbline
ENV PATH=/opt/plumbline/bin:$PATH PLUMBLINE_CACHE=/data/cache PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
USER 10001
VOLUME /data
EXPOSE 8377
ENTRYPOINT ["plumbline"]
CMD ["--help"]
