# The studio in a small image: Python, the pinned packages, a user without rights. Weights and workspace lie in /data.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/plumbline
ENV PATH=/opt/plumbline/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY constraints.txt pyproject.toml ./
# torch by itself and first: its default wheel brings several gigabytes for accelerators. An index of wheels for
# processors leaves them out (TORCH_INDEX_URL in .env); all else comes from the usual index, at the pinned versions.
ARG TORCH_INDEX_URL=
RUN PIP_INDEX_URL=$TORCH_INDEX_URL pip install --no-deps torch==2.13.0
# What Plumbline needs, in a layer that outlives a change of Plumbline's own code.
RUN python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' \
    > requirements.txt && pip install -c constraints.txt -r requirements.txt
COPY README.md LICENSE ./
COPY kg kg
COPY extraction extraction
COPY generation generation
COPY training training
COPY evaluation evaluation
COPY studio studio
RUN pip install --no-deps .

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home plumbline && mkdir /data && chown plumbline /data
COPY --from=build /opt/plumbline /opt/plumbline
ENV PATH=/opt/plumbline/bin:$PATH PLUMBLINE_CACHE=/data/cache PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
USER 10001
# Where the user may write: a workspace named by a relative path lies in the volume.
WORKDIR /data
VOLUME /data
EXPOSE 8377
ENTRYPOINT ["plumbline"]
CMD ["--help"]
